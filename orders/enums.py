from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Portions of one meal in one cart.
MAX_QUANTITY = 50


class Fulfilment(models.TextChoices):
    DELIVERY = "delivery", _("Delivery")
    PICKUP = "pickup", _("Pickup")


class OrderFulfilment(models.TextChoices):
    """How an order reaches the customer: the ways of a kitchen, or by being in a class."""

    DELIVERY = "delivery", _("Delivery")
    PICKUP = "pickup", _("Pickup")
    CLASS = "class", pgettext_lazy("order", "Class")


class CartState(models.TextChoices):
    OPEN = "open", _("Open")
    ORDERED = "ordered", _("Ordered")
    MERGED = "merged", _("Merged")


class OrderStatus(models.TextChoices):
    """ORD-3. `draft` is the cart; an order begins when it is placed."""

    PENDING_PAYMENT = "pending_payment", _("Waiting for payment")
    PAID = "paid", _("Paid")
    ACCEPTED = "accepted", _("Accepted")
    PREPARING = "preparing", _("Being prepared")
    READY = "ready", _("Ready")
    OUT_FOR_DELIVERY = "out_for_delivery", _("On the way")
    PICKED_UP = "picked_up", _("Picked up")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", pgettext_lazy("order", "Cancelled")
    EXPIRED = "expired", _("Expired")
    REJECTED = "rejected", _("Rejected by the kitchen")


# The only moves there are; every other is refused with the legal ones listed (ORD-3). A payment that arrives after the
# order expired may revive it (ORD-13).
ORDER_TRANSITIONS: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.PENDING_PAYMENT: frozenset({OrderStatus.PAID, OrderStatus.CANCELLED, OrderStatus.EXPIRED}),
    OrderStatus.PAID: frozenset({OrderStatus.ACCEPTED, OrderStatus.REJECTED, OrderStatus.CANCELLED}),
    OrderStatus.ACCEPTED: frozenset({OrderStatus.PREPARING, OrderStatus.CANCELLED}),
    OrderStatus.PREPARING: frozenset({OrderStatus.READY, OrderStatus.CANCELLED}),
    OrderStatus.READY: frozenset({OrderStatus.OUT_FOR_DELIVERY, OrderStatus.PICKED_UP, OrderStatus.CANCELLED}),
    OrderStatus.OUT_FOR_DELIVERY: frozenset({OrderStatus.COMPLETED}),
    OrderStatus.PICKED_UP: frozenset({OrderStatus.COMPLETED}),
    OrderStatus.COMPLETED: frozenset(),
    OrderStatus.CANCELLED: frozenset(),
    OrderStatus.EXPIRED: frozenset({OrderStatus.PAID}),
    OrderStatus.REJECTED: frozenset(),
}
# An order of a seat: paid is in, and it is over when the class is. Its seat is given up in the class, not here.
CLASS_TRANSITIONS: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.PENDING_PAYMENT: ORDER_TRANSITIONS[OrderStatus.PENDING_PAYMENT],
    OrderStatus.PAID: frozenset({OrderStatus.COMPLETED, OrderStatus.CANCELLED}),
    OrderStatus.EXPIRED: ORDER_TRANSITIONS[OrderStatus.EXPIRED],
}
# An order that will never be eaten.
DEAD = frozenset({OrderStatus.CANCELLED, OrderStatus.EXPIRED, OrderStatus.REJECTED})
# From here on food has been made: nothing is put back on sale (ORD-15).
PREPARED = frozenset(
    {
        OrderStatus.PREPARING,
        OrderStatus.READY,
        OrderStatus.OUT_FOR_DELIVERY,
        OrderStatus.PICKED_UP,
        OrderStatus.COMPLETED,
    }
)


class PromoKind(models.TextChoices):
    PERCENT = "percent", _("Percent off")
    FIXED = "fixed", _("Amount off")
    FREE_DELIVERY = "free_delivery", _("Free delivery")
    BUY_X_GET_Y = "buy_x_get_y", _("Buy some, get some free")


class PromoScope(models.TextChoices):
    ORDER = "order", _("The whole order")
    MEALS = "meals", _("Certain meals")
    TAGS = "tags", _("Meals with certain tags")


class Funder(models.TextChoices):
    """Who pays for a discount; written down for each line (ORD-11)."""

    PLATFORM = "platform", _("The platform")
    CREATOR = "creator", _("The creator")


class PaymentStatus(models.TextChoices):
    CREATED = "created", _("Started")
    REQUIRES_ACTION = "requires_action", _("Waiting for the customer’s bank")
    PROCESSING = "processing", _("Being processed")
    SUCCEEDED = "succeeded", _("Paid")
    FAILED = "failed", _("Declined")
    CANCELLED = "cancelled", _("Given up")
    FLAGGED = "flagged", _("Does not match the order")


PAYMENT_TRANSITIONS: dict[PaymentStatus, frozenset[PaymentStatus]] = {
    PaymentStatus.CREATED: frozenset(
        {
            PaymentStatus.REQUIRES_ACTION,
            PaymentStatus.PROCESSING,
            PaymentStatus.SUCCEEDED,
            PaymentStatus.FAILED,
            PaymentStatus.CANCELLED,
            PaymentStatus.FLAGGED,
        }
    ),
    PaymentStatus.REQUIRES_ACTION: frozenset(
        {
            PaymentStatus.PROCESSING,
            PaymentStatus.SUCCEEDED,
            PaymentStatus.FAILED,
            PaymentStatus.CANCELLED,
            PaymentStatus.FLAGGED,
        }
    ),
    PaymentStatus.PROCESSING: frozenset(
        {PaymentStatus.SUCCEEDED, PaymentStatus.FAILED, PaymentStatus.CANCELLED, PaymentStatus.FLAGGED}
    ),
    # A card that was declined may be tried again on the same intent.
    PaymentStatus.FAILED: frozenset(
        {
            PaymentStatus.REQUIRES_ACTION,
            PaymentStatus.PROCESSING,
            PaymentStatus.SUCCEEDED,
            PaymentStatus.CANCELLED,
            PaymentStatus.FLAGGED,
        }
    ),
    PaymentStatus.SUCCEEDED: frozenset(),
    # The provider may capture what we gave up in the same moment: money that arrived is never denied (ORD-13).
    PaymentStatus.CANCELLED: frozenset({PaymentStatus.SUCCEEDED, PaymentStatus.FLAGGED}),
    PaymentStatus.FLAGGED: frozenset(),
}


# What may still become a payment.
OPEN_PAYMENTS = frozenset(
    {PaymentStatus.CREATED, PaymentStatus.REQUIRES_ACTION, PaymentStatus.PROCESSING, PaymentStatus.FAILED}
)


class RefundStatus(models.TextChoices):
    PENDING = "pending", _("On its way")
    SUCCEEDED = "succeeded", _("Refunded")
    FAILED = "failed", _("Failed")


class Account(models.TextChoices):
    """Accounts of the ledger. Debit is positive, credit negative; every movement sums to zero."""

    CASH = "cash", _("Money at the payment provider")
    SALES = "sales", _("Sales of meals")
    DELIVERY = "delivery", _("Delivery fees")
    TAX = "tax", _("Tax to hand on")
    DISCOUNTS = "discounts", _("Discounts given")
    COMMISSIONS = "commissions", _("Commissions granted")
    COMMISSION_PENDING = "commission_pending", _("Owed to creators, not yet approved")
    CREATOR_PAYABLE = "creator_payable", _("Owed to creators")
    # Money that arrived and belongs to no sale: too late, twice, or the wrong amount (ORD-13).
    CUSTOMERS = "customers", _("Owed back to customers")


class MovementKind(models.TextChoices):
    SALE = "sale", _("Sale")
    CAPTURE = "capture", _("Money without a sale")
    REFUND = "refund", _("Refund")
    COMMISSION = "commission", _("Commission")
    COMMISSION_REVERSAL = "commission_reversal", _("Commission taken back")
    COMMISSION_APPROVAL = "commission_approval", _("Commission approved")
    PAYOUT = "payout", _("Payout")
    PAYOUT_RETURN = "payout_return", _("Payout returned")


class CommissionStatus(models.TextChoices):
    PENDING = "pending", _("In the holding period")
    HOLD = "hold", _("Held for review")
    APPROVED = "approved", _("Approved")
    PAID = "paid", _("Paid")
    VOIDED = "voided", _("Not paid")
    SELF_REFERRAL = "self_referral", _("Own order")
    FROZEN = "frozen", _("Frozen")


COMMISSION_TRANSITIONS: dict[CommissionStatus, frozenset[CommissionStatus]] = {
    CommissionStatus.PENDING: frozenset(
        {CommissionStatus.HOLD, CommissionStatus.APPROVED, CommissionStatus.VOIDED, CommissionStatus.FROZEN}
    ),
    CommissionStatus.HOLD: frozenset({CommissionStatus.PENDING, CommissionStatus.VOIDED, CommissionStatus.FROZEN}),
    CommissionStatus.APPROVED: frozenset({CommissionStatus.PAID, CommissionStatus.VOIDED, CommissionStatus.FROZEN}),
    CommissionStatus.FROZEN: frozenset(
        {CommissionStatus.PENDING, CommissionStatus.HOLD, CommissionStatus.APPROVED, CommissionStatus.VOIDED}
    ),
    # Paid rows are immutable: a refund after the payout is a new, negative row (AFF-9).
    CommissionStatus.PAID: frozenset(),
    CommissionStatus.VOIDED: frozenset(),
    CommissionStatus.SELF_REFERRAL: frozenset(),
}


class AttributionKind(models.TextChoices):
    """AFF-4, in the order of precedence."""

    PROMO_CODE = "promo_code", _("Promo code")
    LINK = "link", _("Link")


class ClickKind(models.TextChoices):
    """Only a person's click attributes (AFF-1)."""

    PERSON = "person", _("Person")
    BOT = "bot", _("Bot")
    PREFETCH = "prefetch", _("Prefetch")
    HEAD = "head", _("Link checker")


class PayoutStatus(models.TextChoices):
    REQUESTED = "requested", _("Requested")
    PAID = "paid", _("Paid")
    REFUSED = "refused", _("Refused")


class DocumentKind(models.TextChoices):
    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")


class FreezeCause(models.TextChoices):
    """Why earnings stand still (AFF-10)."""

    SUSPENSION = "suspension", _("The account was suspended")
    STAFF = "staff", _("A decision about the earnings alone")


class WhyNotPaid(models.TextChoices):
    """Why a commission is held or not paid, in words for its creator (W7); staff write words of their own."""

    OWN_ACCOUNT = "own_account", _("You ordered it yourself.")
    OWN_EMAIL = "own_email", _("The customer’s e-mail address is one of yours, written differently.")
    OWN_PAYMENT = "own_payment", _("It was paid with a means of payment that also paid orders of your own.")
    OWN_KITCHEN = "own_kitchen", _("The customer works in your kitchen.")
    SAME_DOMAIN = "same_domain", _("The customer’s e-mail address ends like yours. Our staff look at it.")
    BURST = "burst", _("Unusually many orders came at once. Our staff look at it.")
    NOTHING_PAID = "nothing_paid", _("Nothing was paid for this line, so there is nothing to share.")
    REFUNDED = "refunded", _("The customer got the money back.")
    NOT_COMPLETED = "not_completed", _("The order was not carried out.")
    SUSPENDED = "suspended", _("Your account is suspended. What you earned is kept; you may appeal.")
