"""The life of a meal: draft, scheduled, published, archived. One table says which moves there are."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import ConflictError, DomainError, IllegalTransitionError, NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from meals import rules
from meals.enums import MEAL_TRANSITIONS, MealStatus
from meals.events import (
    MealArchived,
    MealDeleted,
    MealPublished,
    MealRestored,
    MealScheduled,
    MealScheduleLapsed,
    MealUnpublished,
)
from meals.models import Meal, MealRevision
from meals.services.locking import locked_meal


@transaction.atomic
def publish_meal(*, meal_id: int, actor: User, now: datetime) -> Meal:
    """Put it before its audience. `published_at` is that of the first time.

    Locks the meal. Raises NotAllowedError, IllegalTransitionError, DomainError when the meal is not ready.
    """
    meal = _own_meal(meal_id, actor)
    _require_publisher(actor)
    _require_not_taken_down(meal)
    _publish(meal, actor=actor, now=now)
    return meal


@transaction.atomic
def schedule_meal(*, meal_id: int, actor: User, at: datetime, now: datetime) -> Meal:
    """Publish it by itself at `at`, an aware instant after `now`; a scheduled meal may be moved. Raises as publish."""
    meal = _own_meal(meal_id, actor)
    _require_publisher(actor)
    _require_ready(meal)
    if at <= now:
        raise DomainError(_("Choose a time that is still to come."), code="in_the_past", field="scheduled_for")
    _move(meal, MealStatus.SCHEDULED)
    meal.scheduled_for = at
    meal.save(update_fields=["status", "scheduled_for", "updated_at"])
    _tell(MealScheduled, meal, actor, scheduled_for=at.isoformat())
    return meal


@transaction.atomic
def unpublish_meal(*, meal_id: int, actor: User, now: datetime, reason: str = "") -> Meal:
    """Back to a draft, from published or scheduled. Staff give a reason. Raises as publish."""
    meal = _taken_down(meal_id, actor)
    said = _reason(meal, actor, reason)
    _move(meal, MealStatus.DRAFT)
    meal.scheduled_for = None
    meal.save(update_fields=["status", "scheduled_for", "updated_at"])
    _tell(MealUnpublished, meal, actor, reason=said)
    return meal


@transaction.atomic
def archive_meal(*, meal_id: int, actor: User, now: datetime, reason: str = "") -> Meal:
    """Out of every list, kept for the creator and for old orders. Staff give a reason. Raises as publish.

    What its creator has archived or scheduled, staff take down as well: it must not come back by itself.
    """
    meal = _taken_down(meal_id, actor)
    said = _reason(meal, actor, reason)
    _archive(meal, actor, said)
    return meal


@transaction.atomic
def restore_meal(*, meal_id: int, actor: User, now: datetime, reason: str = "") -> Meal:
    """From the archive back to a draft, to be looked at before it is published again. Raises as publish.

    What staff took down, staff alone put back, with a reason.
    """
    meal = _taken_down(meal_id, actor)
    said = _reason(meal, actor, reason)
    if meal.status != MealStatus.ARCHIVED:
        raise _illegal(meal)
    if not rules.is_meal_staff(actor):
        _require_not_taken_down(meal)
    _move(meal, MealStatus.DRAFT)
    meal.taken_down_reason = ""
    meal.save(update_fields=["status", "taken_down_reason", "updated_at"])
    _tell(MealRestored, meal, actor, status=MealStatus(meal.status).value, reason=said)
    return meal


@transaction.atomic
def delete_meal(*, meal_id: int, actor: User, now: datetime) -> Meal | None:
    """A meal nobody else has seen is deleted: None. One that was ever published is archived and returned (REC-7)."""
    meal = _own_meal(meal_id, actor)
    if meal.published_at is None:
        _tell(MealDeleted, meal, actor)
        meal.delete()
        return None
    if meal.status != MealStatus.ARCHIVED:
        _archive(meal, actor, "")
    return meal


def publish_due_meals(*, now: datetime) -> int:
    """Publish what is due, each in its own transaction; returns how many (CRE-4).

    Two runs at once share the work (SKIP LOCKED) and the state is read again under the lock: late, not lost, never
    twice. A creator who may no longer publish gets the draft back, with the reason in the log.
    """
    due = list(Meal.objects.due(now).order_by("scheduled_for", "pk").values_list("pk", flat=True))
    return sum(_publish_if_due(meal_id, now) for meal_id in due)


@transaction.atomic
def _publish_if_due(meal_id: int, now: datetime) -> bool:
    found = Meal.objects.due(now).filter(pk=meal_id).select_for_update(skip_locked=True, no_key=True).first()
    if found is None:
        return False
    creator = found.creator
    try:
        _require_publisher(creator)
        _publish(found, actor=creator, now=now)
    except DomainError as error:
        _lapse(found, str(error))
        return False
    return True


def _publish(meal: Meal, *, actor: User, now: datetime) -> None:
    _require_ready(meal)
    was_scheduled = meal.status == MealStatus.SCHEDULED
    is_first_time = meal.published_at is None
    _move(meal, MealStatus.PUBLISHED)
    meal.published_at = meal.published_at or now
    meal.scheduled_for = None
    meal.save(update_fields=["status", "published_at", "scheduled_for", "updated_at"])
    if meal.is_public:
        MealRevision.objects.filter(meal=meal, version=meal.version).update(is_shown=True)
    _tell(
        MealPublished,
        meal,
        actor,
        audience=str(meal.audience),
        is_first_time=is_first_time,
        was_scheduled=was_scheduled,
    )


def _lapse(meal: Meal, reason: str) -> None:
    meal.status = MealStatus.DRAFT
    meal.scheduled_for = None
    meal.save(update_fields=["status", "scheduled_for", "updated_at"])
    _tell(MealScheduleLapsed, meal, None, reason=reason)


def _archive(meal: Meal, actor: User, reason: str) -> None:
    was_published = meal.status == MealStatus.PUBLISHED
    if rules.may_edit(actor, meal):
        _move(meal, MealStatus.ARCHIVED)
        meal.taken_down_reason = ""
    else:
        meal.status, meal.scheduled_for = MealStatus.ARCHIVED, None
        meal.taken_down_reason = reason
    meal.save(update_fields=["status", "scheduled_for", "taken_down_reason", "updated_at"])
    _tell(MealArchived, meal, actor, was_published=was_published, reason=reason)


def _own_meal(meal_id: int, actor: User) -> Meal:
    meal = locked_meal(meal_id)
    if not rules.may_edit(actor, meal):
        raise NotAllowedError(_("Only the creator may do this."))
    return meal


def _taken_down(meal_id: int, actor: User) -> Meal:
    meal = locked_meal(meal_id)
    if not rules.may_take_down(actor, meal):
        raise NotAllowedError(_("Only the creator may do this."))
    return meal


def _reason(meal: Meal, actor: User, reason: str) -> str:
    """Asked of staff; a creator owes nobody one."""
    return reason.strip() if rules.may_edit(actor, meal) else clean_reason(reason)


def _require_publisher(actor: User) -> None:
    """Two refusals with different ways out."""
    if not rules.is_creator(actor):
        raise NotAllowedError(_("Publishing is for creators. Become one in your studio."), code="creator_only")
    if not rules.has_verified_email(actor):
        raise NotAllowedError(_("Verify your e-mail address first, then publish."), code="email_unverified")


def _require_not_taken_down(meal: Meal) -> None:
    if meal.taken_down_reason:
        message = _("Staff took this meal down: “%(reason)s”. Only they can put it back.")
        raise NotAllowedError(message % {"reason": meal.taken_down_reason}, code="taken_down")


def _require_ready(meal: Meal) -> None:
    if not meal.ingredients.exists():
        raise ConflictError(
            _("Name at least one ingredient before you publish."), code="not_ready", field="ingredients"
        )


def _move(meal: Meal, to: MealStatus) -> None:
    if to not in MEAL_TRANSITIONS[MealStatus(meal.status)]:
        raise _illegal(meal)
    meal.status = to


def _illegal(meal: Meal) -> IllegalTransitionError:
    status = MealStatus(meal.status)
    return IllegalTransitionError(
        _("This cannot be done with a meal that is “%(status)s”.") % {"status": status.label},
        legal=[move.value for move in MEAL_TRANSITIONS[status]],
    )


def _tell(fact: type[Any], meal: Meal, actor: User | None, **more: Any) -> None:
    payload = fact(meal_id=meal.pk, creator_id=meal.creator_id, slug=meal.slug, **more)
    record(payload, actor=actor, subject=meal)
