"""What a creator reads about a freeze of their earnings, told in order."""

from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from influencers.enums import AppealState
from orders.enums import CommissionStatus
from orders.models import Commission, EarningsAppeal, EarningsFreeze


def freeze_by_id(public_id: str) -> EarningsFreeze | None:
    return EarningsFreeze.objects.filter(public_id=public_id).select_related("creator", "appeal").first()


def latest_freeze(creator_id: int) -> EarningsFreeze | None:
    return EarningsFreeze.objects.filter(creator_id=creator_id).select_related("appeal").order_by("-pk").first()


def appeal_of(freeze: EarningsFreeze) -> EarningsAppeal | None:
    """Needs `appeal` selected."""
    return getattr(freeze, "appeal", None)


def frozen_sums(freeze: EarningsFreeze) -> list[tuple[str, Decimal]]:
    """By currency, what stands still. One query."""
    frozen = Commission.objects.filter(creator_id=freeze.creator_id, status=CommissionStatus.FROZEN)
    rows = frozen.values_list("currency").annotate(Sum("amount"), Sum("reversed")).order_by("currency")
    return [(currency, (Decimal(earned) - Decimal(back)).quantize(Decimal("0.01"))) for currency, earned, back in rows]


def timeline_of(freeze: EarningsFreeze) -> list[dict[str, Any]]:
    """For the timeline component. Who decided is not named, only why."""
    steps = [_step(_("Your earnings were frozen"), freeze.frozen_at, freeze.reason, "stop")]
    appeal = appeal_of(freeze)
    if appeal is not None:
        steps.append(_step(_("You appealed"), appeal.filed_at, appeal.text))
        steps.append(_answered(appeal))
    if freeze.lifted_at is not None:
        steps.append(_step(_("Your earnings are free"), freeze.lifted_at, freeze.lift_reason))
    return steps


def _answered(appeal: EarningsAppeal) -> dict[str, Any]:
    if appeal.state == AppealState.OPEN:
        return _step(_("Somebody else looks at it"), None, "", "now")
    if appeal.state == AppealState.UPHELD:
        return _step(_("The decision stands"), appeal.decided_at, appeal.answer, "stop")
    return _step(_("Your appeal was granted"), appeal.decided_at, appeal.answer)


def _step(title: str, at: Any, note: str, state: str = "done") -> dict[str, Any]:
    return {"title": title, "at": at, "note": note, "state": state}
