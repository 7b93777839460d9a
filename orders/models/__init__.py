from orders.models.affiliate import AffiliateLink, Click, Commission, CommissionAdjustment, Payout
from orders.models.attribution import CommissionRate, LineAttribution
from orders.models.cart import Cart, CartCode, CartItem
from orders.models.freeze import EarningsAppeal, EarningsFreeze
from orders.models.kitchen import DailyPortions, Kitchen, KitchenCreator, KitchenMember, OpeningTime, Slot
from orders.models.ledger import Entry, LedgerReport, Movement
from orders.models.order import LineDiscount, Order, OrderLine, OrderMove
from orders.models.payment import DocumentSeries, Invoice, Payment, ProviderEvent, Refund, RefundLine
from orders.models.promo import PromoBatch, PromoCode, Redemption
from orders.models.trial import TrialCharge

__all__ = [
    "AffiliateLink",
    "Cart",
    "CartCode",
    "CartItem",
    "Click",
    "Commission",
    "CommissionAdjustment",
    "CommissionRate",
    "DailyPortions",
    "DocumentSeries",
    "EarningsAppeal",
    "EarningsFreeze",
    "Entry",
    "Invoice",
    "Kitchen",
    "KitchenCreator",
    "KitchenMember",
    "LedgerReport",
    "LineAttribution",
    "LineDiscount",
    "Movement",
    "OpeningTime",
    "Order",
    "OrderLine",
    "OrderMove",
    "Payment",
    "Payout",
    "PromoBatch",
    "PromoCode",
    "ProviderEvent",
    "Redemption",
    "Refund",
    "RefundLine",
    "Slot",
    "TrialCharge",
]
