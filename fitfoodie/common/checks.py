"""Settings that cannot be right are refused before the first request, each by an id and with the way out."""

import logging
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import connection

from fitfoodie.settings.env import env


@register()
def check_environment(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"{name} cannot be read: {problem}.", hint=f"Mend or remove {name} in the environment.", id="common.E010")
        for name, problem in sorted(env.problems.items())
    ]


@register()
def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [*_wrong_settings(), *_wrong_contact()]


def _wrong_settings() -> Iterator[CheckMessage]:
    site = urlsplit(settings.SITE_URL)
    if site.scheme not in {"http", "https"} or not site.netloc:
        yield Error(
            f"SITE_URL is not a web address: “{settings.SITE_URL}”.",
            hint="Give scheme and host, such as https://eat.example.org.",
            id="common.E011",
        )
    if settings.DEFAULT_CURRENCY not in settings.CURRENCIES:
        yield Error(
            f"DEFAULT_CURRENCY “{settings.DEFAULT_CURRENCY}” is not among CURRENCIES.",
            hint="Add it to CURRENCIES or choose one of those.",
            id="common.E012",
        )
    if settings.LOG_FORMAT not in {"json", "console"}:
        yield Error(f"LOG_FORMAT “{settings.LOG_FORMAT}” is unknown.", hint="Use json or console.", id="common.E013")
    if settings.LOG_LEVEL not in logging.getLevelNamesMapping():
        yield Error(f"LOG_LEVEL “{settings.LOG_LEVEL}” is unknown.", hint="Use INFO, WARNING, …", id="common.E014")
    if settings.TRUSTED_PROXY_COUNT < 0:
        yield Error("TRUSTED_PROXY_COUNT is negative.", hint="Count the proxies in front, or 0.", id="common.E015")
    if settings.DATABASE_POOL_SIZE < 1:
        yield Error("DATABASE_POOL_SIZE must be at least 1.", hint="8 suits most machines.", id="common.E016")
    if settings.REDIS_URL and urlsplit(settings.REDIS_URL).scheme not in {"redis", "rediss", "unix"}:
        yield Error(
            f"REDIS_URL “{settings.REDIS_URL}” is no Redis address.", hint="redis://host:6379/0", id="common.E017"
        )


def _wrong_contact() -> Iterator[CheckMessage]:
    if settings.SECURITY_CONTACT and not settings.SECURITY_CONTACT.startswith(("mailto:", "https://")):
        yield Error(
            f"SECURITY_CONTACT “{settings.SECURITY_CONTACT}” is no address to report to.",
            hint="Give mailto:security@example.org or an https:// address.",
            id="common.E018",
        )


@register(Tags.database, deploy=True)
def check_deployment(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """What runs, but should not carry a business."""
    found: list[CheckMessage] = []
    if connection.vendor == "sqlite":
        found.append(Caution("The database is SQLite.", hint="Set DATABASE_URL to PostgreSQL.", id="common.W020"))
    if not settings.REDIS_URL:
        found.append(
            Caution("Background work shares the web process.", hint="Set REDIS_URL and run workers.", id="common.W021")
        )
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        found.append(Caution("Mail goes to the console.", hint="Set EMAIL_URL to your mail server.", id="common.W022"))
    return found
