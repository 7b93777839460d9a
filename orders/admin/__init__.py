"""The back office of orders: staff look, and act through services with a reason."""

from orders.admin.affiliate import (
    AffiliateLinkAdmin,
    ClickAdmin,
    CommissionAdjustmentAdmin,
    CommissionAdmin,
    CommissionRateAdmin,
)
from orders.admin.freezes import EarningsAppealAdmin, EarningsFreezeAdmin
from orders.admin.kitchens import DailyPortionsAdmin, KitchenAdmin, SlotAdmin
from orders.admin.money import (
    InvoiceAdmin,
    LedgerReportAdmin,
    MovementAdmin,
    PaymentAdmin,
    ProviderEventAdmin,
    RefundAdmin,
)
from orders.admin.orders import OrderAdmin
from orders.admin.payouts import PayoutAdmin
from orders.admin.promo import PromoBatchAdmin, PromoCodeAdmin

__all__ = [
    "AffiliateLinkAdmin",
    "ClickAdmin",
    "CommissionAdjustmentAdmin",
    "CommissionAdmin",
    "CommissionRateAdmin",
    "DailyPortionsAdmin",
    "EarningsAppealAdmin",
    "EarningsFreezeAdmin",
    "InvoiceAdmin",
    "KitchenAdmin",
    "LedgerReportAdmin",
    "MovementAdmin",
    "OrderAdmin",
    "PaymentAdmin",
    "PayoutAdmin",
    "PromoBatchAdmin",
    "PromoCodeAdmin",
    "ProviderEventAdmin",
    "RefundAdmin",
    "SlotAdmin",
]
