"""The codes that a creator shows on their page."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from influencers.page_sections import PageSection
from orders.enums import PromoScope
from orders.models import PromoCode
from orders.pricing.words import money
from orders.selectors.codes import codes_on_page
from orders.views.studio_codes import gives

MOST_NAMED = 3


def codes_of(creator: User, viewer: User | AnonymousUser) -> dict[str, Any] | None:
    found = codes_on_page(creator=creator, viewer=viewer, now=timezone.now())
    return {"codes": [_card(promo, creator) for promo in found]} if found else None


def _card(promo: PromoCode, creator: User) -> dict[str, Any]:
    return {
        "code": promo.code,
        "gives": gives(promo),
        "is_for": _is_for(promo, creator),
        "minimum": "" if promo.min_subtotal is None else money(promo.min_subtotal, promo.currency),
        "is_first_order_only": promo.is_first_order_only,
        "ends_at": promo.ends_at,
    }


def _is_for(promo: PromoCode, creator: User) -> str:
    if promo.scope == PromoScope.ORDER:
        return _("All meals of %(name)s") % {"name": creator.name}
    if promo.scope == PromoScope.TAGS:
        tags = _listed([tag.name for tag in promo.tags.all()])
        return _("Meals of %(name)s with: %(tags)s") % {"name": creator.name, "tags": tags}
    return _listed([meal.title for meal in promo.meals.all()]) or _("Certain meals of %(name)s") % {
        "name": creator.name
    }


def _listed(names: list[str]) -> str:
    """The first few; three points stand for the rest."""
    more = [_("…")] if len(names) > MOST_NAMED else []
    return ", ".join(names[:MOST_NAMED] + more)


SECTION = PageSection("codes", gettext_lazy("Codes"), "orders/_creator_codes.html", codes_of, position=10)
