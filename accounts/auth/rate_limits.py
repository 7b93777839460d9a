"""Wrong passwords, counted per address and per account (SEC-5), and what somebody is told who must wait."""

import time

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from accounts.auth.known_device import known_device_of

_APP = "allauth.account"
_ACTION = "login_failed"
# For limits whose window we do not look into.
DEFAULT_WAIT = 60


def count_login_attempt(request: HttpRequest, email: str) -> ratelimit.RateLimitUsage:
    """Count a try before the password is looked at; the caller takes a right one back.

    Raises ImmediateHttpResponse with 429 and Retry-After. Somebody on a known device counts in a bucket of that
    device, which neither a stranger who guesses at the account nor a neighbour behind one address can fill (SEC-6).
    """
    device = known_device_of(request, email)
    config = {_ACTION: settings.KNOWN_DEVICE_LOGIN_RATE} if device else None
    key = f"{email.lower()}:{device or ''}"
    usage = ratelimit.consume(request, app=_APP, action=_ACTION, config=config, key=key)
    if usage is None:
        request.retry_after = _wait(request, key, config)  # type: ignore[attr-defined]  # read where the 429 is made
        raise ImmediateHttpResponse(ratelimit.respond_429(request))
    return usage


def _wait(request: HttpRequest, key: str, config: dict[str, str] | None) -> int:
    """Seconds until the fullest of the windows has room again."""
    now = time.time()
    waits = [1.0]
    for rate in ratelimit.get_rates(app=_APP, action=_ACTION, config=config):
        cache_key = ratelimit.get_cache_key(request, app=_APP, action=_ACTION, rate=rate, key=key)
        history = cache.get(cache_key, [])
        if len(history) >= rate.amount:
            waits.append(history[rate.amount - 1] + rate.duration - now)
    return int(max(waits)) + 1
