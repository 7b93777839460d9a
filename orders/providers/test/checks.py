"""The test bank is for trying out: a shop that runs with it gives its food away."""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as Caution


def problems() -> Iterator[CheckMessage]:
    return iter(())


def cautions() -> Iterator[CheckMessage]:
    """For `check --deploy`: what runs, but should not carry a business."""
    if settings.PAYMENT_PROVIDER == "test":
        yield Caution(
            "Payments go through the built-in test bank: no money is taken.",
            hint="Set STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET.",
            id="orders.W010",
        )
