"""What happens to codes, as facts. Fields are only ever added, with a default. Amounts are decimals as text."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event


@dataclass(frozen=True, kw_only=True)
class PromoFact:
    promo_id: int
    code: str
    creator_id: int | None


@event("orders.promo_code.created", label=_("Promo code made"))
class PromoCodeCreated(PromoFact):
    kind: str
    funder: str
    batch_id: int | None = None
    reason: str = ""


@event("orders.promo_code.changed", label=_("Promo code changed"))
class PromoCodeChanged(PromoFact):
    # Names of the fields that changed, separated by commas.
    changed: str
    reason: str = ""


@event("orders.promo_code.paused", label=_("Promo code paused"))
class PromoCodePaused(PromoFact):
    reason: str = ""


@event("orders.promo_code.resumed", label=_("Promo code taken up again"))
class PromoCodeResumed(PromoFact):
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RedemptionFact(PromoFact):
    order_id: int
    customer_id: int | None
    amount: str
    currency: str
    is_test: bool


@event("orders.promo_code.redeemed", label=_("Promo code used"))
class PromoCodeRedeemed(RedemptionFact):
    pass


@event("orders.promo_code.released", label=_("Use of a promo code given back"))
class PromoCodeReleased(RedemptionFact):
    pass


@event("orders.promo_batch.generated", label=_("Set of promo codes generated"))
class PromoBatchGenerated:
    batch_id: int
    size: int
    kind: str
    funder: str
    creator_id: int | None
    reason: str = ""
