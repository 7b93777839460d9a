"""Settings of signing in that would fail, or fail to protect, only when somebody needs them."""

from typing import Any, cast

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.core import checks


@checks.register("accounts")
def check_sign_in_settings(**kwargs: Any) -> list[checks.CheckMessage]:
    return [*_proxies(), *_providers(), *_signing_key(), *_breach_list()]


def _proxies() -> list[checks.CheckMessage]:
    if settings.TRUSTED_PROXY_COUNT == settings.ALLAUTH_TRUSTED_PROXY_COUNT >= 0:
        return []
    hint = "Set TRUSTED_PROXY_COUNT to the number of your own proxies that add to X-Forwarded-For, 0 for none."
    return [checks.Error("TRUSTED_PROXY_COUNT must be zero or more.", hint=hint, id="accounts.E001")]


def _providers() -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"{provider.upper()}_CLIENT_ID is set, but {', '.join(missing)} is not.",
            hint="Set the rest, or remove the client id to hide the button.",
            id="accounts.E002",
        )
        for provider, config in settings.SOCIALACCOUNT_PROVIDERS.items()
        for app in cast("list[dict[str, Any]]", config.get("APPS", []))
        if (missing := _missing(provider, app))
    ]


def _missing(provider: str, app: dict[str, Any]) -> list[str]:
    if provider != "apple":
        return [] if app.get("secret") else [f"{provider.upper()}_CLIENT_SECRET"]
    certificate_key = app.get("settings", {}).get("certificate_key")
    values = {"APPLE_KEY_ID": app.get("secret"), "APPLE_TEAM_ID": app.get("key"), "APPLE_PRIVATE_KEY": certificate_key}
    return [name for name, value in values.items() if not value]


def _signing_key() -> list[checks.CheckMessage]:
    pem = settings.HEADLESS_JWT_PRIVATE_KEY
    if not pem or _is_rsa_key(pem):
        return []
    hint = "Make one with `openssl genrsa 2048`, or leave it empty to sign with SECRET_KEY."
    return [checks.Error("JWT_PRIVATE_KEY is not an RSA private key in PEM form.", hint=hint, id="accounts.E003")]


def _is_rsa_key(pem: str) -> bool:
    try:
        return isinstance(load_pem_private_key(pem.encode(), password=None), RSAPrivateKey)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False


def _breach_list() -> list[checks.CheckMessage]:
    if not settings.BREACHED_PASSWORDS_ENABLED or settings.BREACHED_PASSWORDS_URL.startswith("https://"):
        return []
    message = "BREACHED_PASSWORDS_URL must begin with https://: part of a hash of a password travels there."
    return [checks.Error(message, id="accounts.E004")]
