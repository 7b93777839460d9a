"""Settings of payment that cannot be right; each provider knows its own."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from orders.providers import PROVIDERS
from orders.providers.stripe import checks as stripe
from orders.providers.test import checks as test


@register()
def check_payment_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = [*test.problems(), *stripe.problems()]
    if settings.PAYMENT_PROVIDER not in PROVIDERS:
        found.append(
            Error(
                f"PAYMENT_PROVIDER “{settings.PAYMENT_PROVIDER}” is unknown.",
                hint=f"Choose one of {', '.join(PROVIDERS)}, or leave it out.",
                id="orders.E010",
            )
        )
    return found


@register(deploy=True)
def check_payment_for_business(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [*test.cautions(), *stripe.cautions()]


@register()
def check_affiliate_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not 0 <= settings.COMMISSION_RATE <= 1:
        found.append(Error("COMMISSION_RATE is no fraction.", hint="0.10 is ten per cent.", id="orders.E020"))
    if settings.AFFILIATE_WINDOW_DAYS < 1 or settings.COMMISSION_HOLDING_DAYS < 0:
        hint = "AFFILIATE_WINDOW_DAYS is at least 1, COMMISSION_HOLDING_DAYS at least 0."
        found.append(Error("A time of the affiliate program is negative.", hint=hint, id="orders.E021"))
    if settings.PAYOUT_MINIMUM < 0:
        found.append(Error("PAYOUT_MINIMUM is negative.", hint="Give 0 for any amount.", id="orders.E022"))
    return found
