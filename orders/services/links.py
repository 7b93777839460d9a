"""Paid links of creators: `/r/<code>` to a meal or another page of ours (F15)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.common.ids import new_public_id
from fitfoodie.events.services import record
from meals.models import Meal
from orders import rules
from orders.events import LinkChanged, LinkCreated, LinkPaused, LinkResumed
from orders.models import AffiliateLink
from orders.validators import validate_link_code, validate_own_page, validate_utm

CODE_LENGTH = 7
MAX_LABEL = 120


@transaction.atomic
def create_link(
    *,
    creator: User,
    meal_slug: str = "",
    path: str = "",
    code: str = "",
    label: str = "",
    utm: Mapping[str, str] | None = None,
    now: datetime,
) -> AffiliateLink:
    """To one meal that everybody may see, or to another page of ours (AFF-2); without a code we choose one.

    Raises NotAllowedError for whoever may not earn, ConflictError `code_taken`, DomainError naming the field.
    """
    require_may_earn(creator)
    link = AffiliateLink(creator=creator, code=_code(code), label=_label(label), utm=_utm(utm or {}))
    link.meal, link.path = _destination(meal_slug.strip(), path.strip())
    link.save()
    _tell(LinkCreated, link, creator)
    return link


@transaction.atomic
def change_link(
    *,
    link_id: int,
    actor: User,
    label: str | None = None,
    utm: Mapping[str, str] | None = None,
    is_active: bool | None = None,
) -> AffiliateLink:
    """What is None stays. The code and where it leads never change: both are printed somewhere by now (AFF-13).

    Locks the link. Raises AffiliateLink.DoesNotExist for somebody else's, DomainError naming the field.
    """
    link = AffiliateLink.objects.select_for_update(no_key=True).get(pk=link_id, creator=actor)
    if label is not None or utm is not None:
        _describe(link, actor, label, utm)
    if is_active is not None and is_active != link.is_active:
        _switch(link, actor, is_active=is_active)
    return link


def require_may_earn(creator: User) -> None:
    """Two refusals with different ways out."""
    if not rules.is_creator(creator):
        raise NotAllowedError(_("Earning is for creators. Become one in your studio."), code="creator_only")
    if not rules.may_earn(creator):
        raise NotAllowedError(_("Verify your e-mail address first."), code="email_unverified")


def _describe(link: AffiliateLink, actor: User, label: str | None, utm: Mapping[str, str] | None) -> None:
    link.label = link.label if label is None else _label(label)
    link.utm = link.utm if utm is None else _utm(utm)
    link.save(update_fields=["label", "utm", "updated_at"])
    _tell(LinkChanged, link, actor)


def _switch(link: AffiliateLink, actor: User, *, is_active: bool) -> None:
    link.is_active = is_active
    link.save(update_fields=["is_active", "updated_at"])
    _tell(LinkResumed if is_active else LinkPaused, link, actor)


def _code(given: str) -> str:
    code = given.strip()
    if not code:
        # The alphabet of public ids has no letters that are mistaken for others.
        return new_public_id()[:CODE_LENGTH]
    _checked("code", validate_link_code, code)
    if AffiliateLink.objects.filter(code__iexact=code).exists():
        raise ConflictError(_("This code is taken. Choose another."), code="code_taken", field="code")
    return code


def _label(label: str) -> str:
    text = label.strip()
    if len(text) > MAX_LABEL:
        raise DomainError(_("Keep it under %(most)s characters.") % {"most": MAX_LABEL}, field="label")
    return text


def _utm(utm: Mapping[str, str]) -> dict[str, str]:
    _checked("utm", validate_utm, utm)
    return {name: value.strip() for name, value in utm.items() if value.strip()}


def _destination(meal_slug: str, path: str) -> tuple[Meal | None, str]:
    if bool(meal_slug) == bool(path):
        raise DomainError(_("Choose a meal or name a page of this site."), code="one_destination", field="meal")
    if path:
        _checked("path", validate_own_page, path)
        return None, path
    meal = Meal.objects.public().filter(slug=meal_slug).first()
    if meal is None:
        raise DomainError(_("There is no published meal of this name."), code="unknown_meal", field="meal")
    return meal, ""


def _checked(field: str, validate: Any, value: Any) -> None:
    try:
        validate(value)
    except ValidationError as error:
        raise DomainError(error.messages[0], code=error.code or "invalid", field=field) from error


def _tell(fact: type[Any], link: AffiliateLink, actor: User) -> None:
    record(fact(link_id=link.pk, creator_id=link.creator_id, code=link.code), actor=actor, subject=link)
