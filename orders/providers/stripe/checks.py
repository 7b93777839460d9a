"""Half a set of keys takes money and never hears of it."""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import CheckMessage, Error


def problems() -> Iterator[CheckMessage]:
    if settings.PAYMENT_PROVIDER != "stripe":
        return
    if not settings.STRIPE_SECRET_KEY:
        yield Error("PAYMENT_PROVIDER is stripe without a key.", hint="Set STRIPE_SECRET_KEY.", id="orders.E011")
    if not settings.STRIPE_PUBLISHABLE_KEY:
        yield Error("The card form of Stripe has no key.", hint="Set STRIPE_PUBLISHABLE_KEY.", id="orders.E012")
    if not settings.STRIPE_WEBHOOK_SECRET:
        yield Error(
            "Stripe’s messages cannot be told from forged ones.",
            hint="Set STRIPE_WEBHOOK_SECRET to the signing secret of /payments/stripe/webhook.",
            id="orders.E013",
        )


def cautions() -> Iterator[CheckMessage]:
    return iter(())
