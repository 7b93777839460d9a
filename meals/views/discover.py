from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from fitfoodie.common.dietary import Allergen, Diet
from meals import selectors
from meals.filters import MealFilters
from meals.models import Tag
from meals.selectors import Found
from meals.views.cards import cards, discover_url
from meals.views.paging import page_of

_SORT_LABELS = {
    "relevance": gettext_lazy("Best match"),
    "newest": gettext_lazy("Newest"),
    "popular": gettext_lazy("Most saved"),
    "rating": gettext_lazy("Best rated"),
    "calories": gettext_lazy("Least energy"),
    "protein": gettext_lazy("Most protein"),
    "minutes": gettext_lazy("Quickest"),
    "price": gettext_lazy("Cheapest"),
}


@require_safe
def discover(request: HttpRequest) -> HttpResponse:
    """Search and narrow down. With htmx the same page is asked for and only its changed part is taken."""
    filters, errors = MealFilters.read(request.GET)
    found = selectors.find_meals(filters, request.user)
    page = page_of(request, found.meals.for_cards(), now=timezone.now())
    context = {"filters": filters, "errors": errors, "meals": cards(page.items), "page": page}
    if _is_next_page(request, page.number):
        return render(request, "meals/_meal_cards.html", context)
    total, facets = selectors.facets_of(found, request.user)
    context |= {"total": total, "facets": facets, "chips": _chips(filters), "sorts": _sorts(filters)}
    context |= _kept_away(found, request.user) | (_nearest(found, request.user) if not total else {})
    return render(request, "meals/meal_discover.html", context)


def _is_next_page(request: HttpRequest, number: int) -> bool:
    return bool(getattr(request, "htmx", False)) and number > 1


def _kept_away(found: Found, visitor: Any) -> dict[str, Any]:
    """Why meals are missing that a stranger would see (REC-6)."""
    names = [Allergen(value).label for value in Allergen.values if value in found.respected]
    return {"respected": names, "hidden_count": selectors.hidden_by_allergies(found, visitor)}


def _nearest(found: Found, visitor: Any) -> dict[str, Any]:
    offers = [
        {
            "label": label_of(name, value),
            "count": count,
            "url": discover_url(found.filters.without(name, value).to_query()),
        }
        for name, value, count in selectors.loosened(found, visitor)
    ]
    popular = selectors.find_meals(MealFilters(ordering="popular"), visitor, respected=found.respected)
    return {"offers": offers, "nearest": cards(popular.meals.for_cards()[:4])}


def _chips(filters: MealFilters) -> list[dict[str, str]]:
    """What is set, each with the address without it."""
    return [
        {"label": label_of(name, value), "url": discover_url(filters.without(name, value).to_query())}
        for name, value in filters.active
    ]


def _sorts(filters: MealFilters) -> list[dict[str, Any]]:
    names = [name for name in _SORT_LABELS if filters.q or name != "relevance"]
    return [
        {
            "value": name,
            "label": _SORT_LABELS[name],
            "is_on": name == filters.sort,
            "url": discover_url(filters.with_("ordering", name).to_query()),
        }
        for name in names
    ]


def label_of(name: str, value: str) -> str:
    """A filter in words."""
    if name == "diet":
        return str(Diet(value).label)
    if name == "exclude_allergen":
        return _("without %(allergen)s") % {"allergen": str(Allergen(value).label).lower()}
    if name == "tag":
        return Tag.objects.filter(slug=value).values_list("name", flat=True).first() or value
    if name == "orderable":
        return _("Can be ordered") if value == "true" else _("Not for sale")
    return str(_WORDS[name]) % {"value": value}


_WORDS = {
    "q": gettext_lazy("“%(value)s”"),
    "creator": gettext_lazy("by @%(value)s"),
    "max_calories": gettext_lazy("up to %(value)s kcal"),
    "min_protein": gettext_lazy("%(value)s g protein and more"),
    "max_minutes": gettext_lazy("up to %(value)s min"),
    "min_rating": gettext_lazy("%(value)s stars and more"),
}
