"""Who may do what with orders and what is earned on them. Predicates only."""

from enum import Enum
from typing import TYPE_CHECKING, Any

from accounts.enums import Role
from accounts.rules import is_verified_email
from orders.enums import CLASS_TRANSITIONS, ORDER_TRANSITIONS, OrderFulfilment, OrderStatus

if TYPE_CHECKING:
    from accounts.models import User


def is_creator(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_role(Role.CREATOR))


def may_earn(user: Any) -> bool:
    """Make links and codes: a creator whose address is verified (F2)."""
    return is_creator(user) and is_verified_email(user)


def may_decide_on_commissions(user: Any) -> bool:
    return bool(user.is_active and user.has_perm("orders.change_commission"))


def may_decide_on_payouts(user: Any) -> bool:
    return bool(user.is_active and user.has_perm("orders.change_payout"))


def may_set_rates(user: Any) -> bool:
    return bool(user.is_active and user.has_perm("orders.add_commissionrate"))


def may_decide_on_freeze(user: Any, *, creator_id: int, first_decider_id: int | None) -> bool:
    """Whether earnings stay frozen: never in one's own case, and never by who froze them."""
    return may_decide_on_commissions(user) and user.pk not in (creator_id, first_decider_id)


def has_creator_role(user: "User") -> bool:
    """Also of an account that is suspended."""
    return user.has_role(Role.CREATOR)


def is_suspended(user: "User") -> bool:
    """Staff shut the account. One that its owner is closing is not: what it earned is paid out."""
    return not user.is_active and user.deletion_requested_at is None


# --- Moves of an order. Who somebody is to it is found out in `policy`


class Hand(Enum):
    """In whose hand a move is."""

    CUSTOMER = "customer"
    KITCHEN = "kitchen"
    STAFF = "staff"
    SYSTEM = "system"


_PAYMENT = frozenset({OrderStatus.PAID, OrderStatus.EXPIRED})
# Until the kitchen accepts, a customer may change their mind.
_CUSTOMER_CANCELS_FROM = frozenset({OrderStatus.PENDING_PAYMENT, OrderStatus.PAID})
# The customer reads why.
NEEDS_REASON = frozenset({OrderStatus.CANCELLED, OrderStatus.REJECTED})


def legal_moves(*, status: str, fulfilment: str, hand: Hand) -> frozenset[OrderStatus]:
    """What this hand may do now. Payment and expiry are the system's alone, and so is every move of a seat's order."""
    if fulfilment == OrderFulfilment.CLASS:
        return CLASS_TRANSITIONS.get(OrderStatus(status), frozenset()) if hand is Hand.SYSTEM else frozenset()
    moves = ORDER_TRANSITIONS[OrderStatus(status)] - {_not_of(fulfilment)}
    if hand is Hand.SYSTEM:
        return moves
    if hand is Hand.CUSTOMER:
        return moves & {OrderStatus.CANCELLED} if status in _CUSTOMER_CANCELS_FROM else frozenset()
    # An order nobody has paid is not the kitchen's yet.
    if hand is Hand.KITCHEN and status == OrderStatus.PENDING_PAYMENT:
        return frozenset()
    return moves - _PAYMENT


def _not_of(fulfilment: str) -> OrderStatus:
    """What is delivered is not picked up, and the other way round."""
    return OrderStatus.PICKED_UP if fulfilment == OrderFulfilment.DELIVERY else OrderStatus.OUT_FOR_DELIVERY


def needs_reason(*, to: OrderStatus, hand: Hand) -> bool:
    """A customer owes nobody a reason; staff act in another's stead and always give one."""
    return hand is Hand.STAFF or (hand is Hand.KITCHEN and to in NEEDS_REASON)


# --- Codes


def is_promo_staff(user: Any) -> bool:
    """Makes codes of the house and looks after everybody's."""
    return bool(user.is_active and user.has_perm("orders.change_promocode"))


def may_make_codes(user: Any) -> bool:
    """A creator for their own meals (ORD-11), staff for all."""
    return may_earn(user) or is_promo_staff(user)


def may_change_code(user: Any, promo: Any) -> bool:
    return is_promo_staff(user) or (may_earn(user) and promo.creator_id == user.pk)
