"""Making and looking after codes. Staff for all of them; a creator for codes on their own meals (ORD-11)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.common.money import ZERO
from fitfoodie.events.services import record
from meals.models import Meal, Tag
from orders import rules
from orders.enums import Funder, PromoScope
from orders.models import PromoCode
from orders.pricing.content import CHANGEABLE, CodeContent, CodeContentError, cleaned
from orders.promo_events import PromoCodeChanged, PromoCodeCreated, PromoCodePaused, PromoCodeResumed


@transaction.atomic
def create_code(*, content: CodeContent, actor: User, now: datetime, reason: str = "") -> PromoCode:
    """Raises NotAllowedError, CodeContentError, ConflictError `code_taken`.

    A creator's code is their own and paid by them; only staff make codes of the house or let it pay for a creator's.
    """
    kept = cleaned_for(content, actor)
    promo = PromoCode(code=kept.code, kind=kept.kind, currency=kept.currency, creator_id=kept.creator_id, spent=ZERO)
    _set(promo, kept)
    try:
        with transaction.atomic():
            promo.save()
    except IntegrityError as error:
        raise ConflictError(_("There is such a code already."), code="code_taken", field="code") from error
    set_items(promo, kept)
    _tell(PromoCodeCreated, promo, actor, kind=str(promo.kind), funder=str(promo.funder), reason=reason)
    return promo


@transaction.atomic
def update_code(
    *, promo_id: int, changes: Mapping[str, Any], actor: User, now: datetime, reason: str = ""
) -> PromoCode:
    """`changes` holds fields of CodeContent; the code, its kind, currency and creator stay what they are.

    Locks the code. Raises NotAllowedError, CodeContentError (limits may not fall below what is used), DomainError.
    """
    promo = _locked(promo_id, actor)
    fixed = [name for name in changes if name not in CHANGEABLE]
    if fixed:
        raise DomainError(_("This stays as it was made."), code="unchanging", field=fixed[0])
    before = content_of(promo)
    kept = cleaned_for(replace(before, **changes), actor, before=before)
    _require_room(promo, kept)
    changed = sorted(name for name in CHANGEABLE if getattr(kept, name) != getattr(before, name))
    if changed:
        _set(promo, kept)
        promo.save()
        set_items(promo, kept)
        _tell(PromoCodeChanged, promo, actor, changed=",".join(changed), reason=reason)
    return promo


@transaction.atomic
def pause_code(*, promo_id: int, actor: User, now: datetime, reason: str = "") -> PromoCode:
    """Nobody can use it until it is resumed. Saying it twice changes nothing. Locks it. Raises NotAllowedError."""
    promo = _locked(promo_id, actor)
    if promo.is_active:
        _switch(promo, is_active=False)
        _tell(PromoCodePaused, promo, actor, reason=reason)
    return promo


@transaction.atomic
def resume_code(*, promo_id: int, actor: User, now: datetime, reason: str = "") -> PromoCode:
    """The other way. Raises as pause."""
    promo = _locked(promo_id, actor)
    if not promo.is_active:
        _switch(promo, is_active=True)
        _tell(PromoCodeResumed, promo, actor, reason=reason)
    return promo


def cleaned_for(content: CodeContent, actor: User, *, before: CodeContent | None = None) -> CodeContent:
    """As this person may write it. Raises NotAllowedError, CodeContentError."""
    if not rules.may_make_codes(actor):
        raise NotAllowedError(_("Codes are made by creators whose e-mail address is verified."), code="creator_only")
    if not rules.is_promo_staff(actor):
        content = _of_creator(content, actor, before)
    kept = cleaned(content)
    _require_items(kept)
    return kept


def content_of(promo: PromoCode) -> CodeContent:
    return CodeContent(
        code=promo.code,
        kind=promo.kind,
        currency=promo.currency,
        creator_id=promo.creator_id,
        funder=promo.funder,
        label=promo.label,
        percent=promo.percent,
        amount=promo.amount,
        buy_quantity=promo.buy_quantity,
        get_quantity=promo.get_quantity,
        scope=promo.scope,
        meal_ids=frozenset(promo.meals.values_list("pk", flat=True)),
        tag_ids=frozenset(promo.tags.values_list("pk", flat=True)),
        min_subtotal=promo.min_subtotal,
        starts_at=promo.starts_at,
        ends_at=promo.ends_at,
        limit=promo.capacity,
        per_customer=promo.per_customer,
        is_first_order_only=promo.is_first_order_only,
        is_stackable=promo.is_stackable,
        budget=promo.budget,
        is_public=promo.is_public,
    )


def set_items(promo: PromoCode, content: CodeContent) -> None:
    promo.meals.set(content.meal_ids)
    promo.tags.set(content.tag_ids)


def _set(promo: PromoCode, content: CodeContent) -> None:
    for name in CHANGEABLE - {"meal_ids", "tag_ids", "limit"}:
        setattr(promo, name, getattr(content, name))
    promo.capacity = content.limit


def _of_creator(content: CodeContent, actor: User, before: CodeContent | None) -> CodeContent:
    """Their own meals, their own money."""
    is_paid_by_house = before is not None and before.funder == Funder.PLATFORM
    if is_paid_by_house or content.funder not in ("", Funder.CREATOR):
        message = _("The house pays for this code, so staff alone can write it. You may pause it.")
        raise NotAllowedError(message, code="funder_is_staffs", field="funder")
    most = settings.CREATOR_CODE_MAX_PERCENT
    if content.percent is not None and content.percent > most:
        raise CodeContentError({"percent": _("Your codes may give up to %(most)d percent.") % {"most": most}})
    return replace(content, creator_id=actor.pk, funder=Funder.CREATOR)


def _require_items(content: CodeContent) -> None:
    """Meals and tags that are there; of a creator's code, meals of that creator."""
    if content.scope == PromoScope.MEALS:
        meals = Meal.objects.filter(pk__in=content.meal_ids)
        if content.creator_id is not None:
            meals = meals.filter(creator_id=content.creator_id)
        _require_all(meals.values_list("pk", flat=True), content.meal_ids, "meals", _("Choose meals of the creator."))
    if content.scope == PromoScope.TAGS:
        tags = Tag.objects.filter(pk__in=content.tag_ids).values_list("pk", flat=True)
        _require_all(tags, content.tag_ids, "tags", _("Choose tags that exist."))


def _require_all(found: Iterable[int], wanted: frozenset[int], name: str, message: str) -> None:
    if set(found) != set(wanted):
        raise CodeContentError({name: message})


def _require_room(promo: PromoCode, content: CodeContent) -> None:
    """What has been given cannot be taken back by lowering a limit."""
    errors = {}
    if content.limit is not None and content.limit < promo.taken:
        errors["limit"] = _("It has been used %(count)d times already.") % {"count": promo.taken}
    if content.budget is not None and content.budget < promo.spent:
        errors["budget"] = _("%(spent)s of it are spent already.") % {"spent": promo.spent}
    if errors:
        raise CodeContentError(errors)


def _locked(promo_id: int, actor: User) -> PromoCode:
    """Raises PromoCode.DoesNotExist, and NotAllowedError for another's."""
    promo = PromoCode.objects.select_for_update(no_key=True).get(pk=promo_id)
    if not rules.may_change_code(actor, promo):
        raise NotAllowedError(_("Only its creator may change this code."))
    return promo


def _switch(promo: PromoCode, *, is_active: bool) -> None:
    promo.is_active = is_active
    promo.save(update_fields=["is_active", "updated_at"])


def _tell(fact: type[Any], promo: PromoCode, actor: User, **more: Any) -> None:
    payload = fact(promo_id=promo.pk, code=promo.code, creator_id=promo.creator_id, **more)
    record(payload, actor=actor, subject=promo)
