"""The facts of orders. Payloads hold ids and scalars; amounts are texts with their currency beside them.

Orders for trying out say so (`is_test`): who counts leaves them out (ORD-18).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event
from orders.enums import OrderStatus

# --- Affiliate links


@event("orders.link.created", label=_("Paid link made"))
class LinkCreated:
    link_id: int
    creator_id: int
    code: str


@event("orders.link.changed", label=_("Paid link changed"))
class LinkChanged:
    link_id: int
    creator_id: int
    code: str


@event("orders.link.paused", label=_("Paid link paused"))
class LinkPaused:
    link_id: int
    creator_id: int
    code: str


@event("orders.link.resumed", label=_("Paid link resumed"))
class LinkResumed:
    link_id: int
    creator_id: int
    code: str


# --- Orders, slots and portions


@dataclass(frozen=True, kw_only=True)
class OrderFact:
    order_id: int
    number: str
    customer_id: int | None
    kitchen_id: int
    total: str
    currency: str
    is_test: bool


@dataclass(frozen=True, kw_only=True)
class OrderStep(OrderFact):
    """A move of an order that is under way."""

    from_status: str
    reason: str


@event("orders.order.placed", label=_("Order placed"), is_public=True)
class OrderPlaced(OrderFact):
    line_count: int
    portions: int


@event("orders.order.paid", label=_("Order paid"), is_public=True)
class OrderPaid(OrderStep):
    pass


@event("orders.order.accepted", label=_("Order accepted"), is_public=True)
class OrderAccepted(OrderStep):
    pass


@event("orders.order.rejected", label=_("Order rejected by the kitchen"), is_public=True)
class OrderRejected(OrderStep):
    pass


@event("orders.order.preparing", label=_("Order being prepared"), is_public=True)
class OrderPreparing(OrderStep):
    pass


@event("orders.order.ready", label=_("Order ready"), is_public=True)
class OrderReady(OrderStep):
    pass


@event("orders.order.dispatched", label=_("Order on the way"), is_public=True)
class OrderDispatched(OrderStep):
    pass


@event("orders.order.picked_up", label=_("Order picked up"), is_public=True)
class OrderPickedUp(OrderStep):
    pass


@event("orders.order.completed", label=_("Order completed"), is_public=True)
class OrderCompleted(OrderStep):
    pass


@event("orders.order.cancelled", label=_("Order cancelled"), is_public=True)
class OrderCancelled(OrderStep):
    pass


@event("orders.order.expired", label=_("Order expired unpaid"), is_public=True)
class OrderExpired(OrderStep):
    pass


@event("orders.order.revived", label=_("Expired order revived by its payment"), is_public=True)
class OrderRevived(OrderStep):
    pass


# The fact of each move; a revival is a payment that came late and is told apart by where it came from.
FACT_OF_MOVE: dict[OrderStatus, type[OrderStep]] = {
    OrderStatus.PAID: OrderPaid,
    OrderStatus.ACCEPTED: OrderAccepted,
    OrderStatus.REJECTED: OrderRejected,
    OrderStatus.PREPARING: OrderPreparing,
    OrderStatus.READY: OrderReady,
    OrderStatus.OUT_FOR_DELIVERY: OrderDispatched,
    OrderStatus.PICKED_UP: OrderPickedUp,
    OrderStatus.COMPLETED: OrderCompleted,
    OrderStatus.CANCELLED: OrderCancelled,
    OrderStatus.EXPIRED: OrderExpired,
}


@event("orders.slot.cancelled", label=_("Slot cancelled"))
class SlotCancelled:
    slot_id: int
    kitchen_id: int
    # ISO 8601, UTC.
    starts_at: str
    orders_in_it: int
    reason: str


@event("orders.portions.planned", label=_("Portions of a day set"))
class PortionsPlanned:
    meal_id: int
    # ISO 8601.
    day: str
    planned: int | None
    over_by: int


# --- Commissions


@event("orders.commission.earned", label=_("Commission earned"))
class CommissionEarned:
    """`status` is what it begins as; one that pays nothing (`self_referral`, `voided`) has the amount 0."""

    commission_id: int
    creator_id: int
    order_id: int
    line_id: int
    status: str
    reason: str
    amount: str
    currency: str


@event("orders.commission.reduced", label=_("Commission taken back"))
class CommissionReduced:
    """`is_after_payout`: it is settled with the next payout, the paid row stays as it is (AFF-9)."""

    commission_id: int
    creator_id: int
    order_id: int
    amount: str
    currency: str
    is_voided: bool
    is_after_payout: bool


@event("orders.commission.approved", label=_("Commission approved"))
class CommissionApproved:
    commission_id: int
    creator_id: int
    order_id: int
    amount: str
    currency: str


@event("orders.commission.held", label=_("Commission held"), personal=("reason",))
class CommissionHeld:
    commission_id: int
    creator_id: int
    reason: str


@event("orders.commission.released", label=_("Commission released"), personal=("reason",))
class CommissionReleased:
    commission_id: int
    creator_id: int
    reason: str


@event("orders.commission.voided", label=_("Commission refused"), personal=("reason",))
class CommissionVoided:
    commission_id: int
    creator_id: int
    reason: str


@event("orders.earnings.frozen", label=_("Earnings frozen"), personal=("reason",))
class EarningsFrozen:
    creator_id: int
    count: int
    reason: str
    freeze_id: int


@event("orders.earnings.unfrozen", label=_("Earnings freed"), personal=("reason",))
class EarningsUnfrozen:
    creator_id: int
    count: int
    reason: str
    freeze_id: int


@event("orders.earnings.appealed", label=_("Appealed against frozen earnings"))
class EarningsAppealed:
    appeal_id: int
    freeze_id: int
    creator_id: int


@event("orders.earnings_appeal.decided", label=_("Appeal for frozen earnings decided"), personal=("answer",))
class EarningsAppealDecided:
    appeal_id: int
    freeze_id: int
    creator_id: int
    is_overturned: bool
    answer: str


@event("orders.earnings.adjusted", label=_("Earnings corrected"), personal=("reason",))
class EarningsAdjusted:
    adjustment_id: int
    creator_id: int
    amount: str
    currency: str
    reason: str


@event("orders.rate.set", label=_("Rate of a creator set"), personal=("reason",))
class RateSet:
    creator_id: int
    rate: str
    valid_from: str
    reason: str


# --- Payouts


@event("orders.payout.requested", label=_("Payout asked for"))
class PayoutRequested:
    payout_id: int
    creator_id: int
    amount: str
    currency: str


@event("orders.payout.paid", label=_("Payout sent"))
class PayoutPaid:
    payout_id: int
    creator_id: int
    amount: str
    currency: str
    reference: str


@event("orders.payout.refused", label=_("Payout refused"), personal=("reason",))
class PayoutRefused:
    payout_id: int
    creator_id: int
    amount: str
    currency: str
    reason: str
