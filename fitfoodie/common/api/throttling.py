"""Rate limits: who asks, what it costs, and the headers that say so (API-10).

Fixed windows, one counter a scope and caller. A request costs one round trip to the cache (the first of a window two).
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import Any

import redis
import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from fitfoodie.common.client_ip import client_ip

# Scopes by verb, for views that name none of their own.
BY_VERB: Mapping[str, str] = {"GET": "read", "HEAD": "read", "default": "write"}

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Policy:
    scope: str
    quota: int
    window: int  # seconds

    @property
    def header(self) -> str:
        return f'"{self.scope}";q={self.quota};w={self.window}'


@dataclass(frozen=True, slots=True)
class Verdict:
    policy: Policy
    remaining: int
    reset: int  # seconds until the window ends

    def headers(self) -> dict[str, str]:
        """RateLimit and RateLimit-Policy as in draft-ietf-httpapi-ratelimit-headers."""
        return {
            "RateLimit-Policy": self.policy.header,
            "RateLimit": f'"{self.policy.scope}";r={max(0, self.remaining)};t={self.reset}',
        }


def policy_for(scope: str, *, is_signed_in: bool) -> Policy:
    """Signed-in callers have the `scope` limit; strangers, who may share an address, the `anonymous_` one if set."""
    limits: Mapping[str, str] = settings.API_RATE_LIMITS
    name = scope if is_signed_in or f"anonymous_{scope}" not in limits else f"anonymous_{scope}"
    return _parsed(name, limits[name])


@lru_cache(maxsize=128)
def _parsed(name: str, limit: str) -> Policy:
    quota, _, window = limit.partition("/")
    return Policy(name, int(quota), int(window))


@lru_cache(maxsize=1)
def _redis(url: str) -> "redis.Redis":
    return redis.Redis.from_url(url, socket_timeout=0.25, socket_connect_timeout=0.25)


def _count_in_redis(key: str, cost: int, ttl: int) -> int:
    client = _redis(settings.REDIS_URL)
    used = int(client.incrby(key, cost))
    if used == cost:
        client.expire(key, ttl)
    return used


def _count_in_cache(key: str, cost: int, ttl: int) -> int:
    try:
        return cache.incr(key, cost)
    except ValueError:
        return cost if cache.add(key, cost, ttl) else cache.incr(key, cost)


def count(key: str, cost: int, ttl: int) -> int:
    """The sum so far. A cache that is down lets people in: an outage of limits is not an outage of the product."""
    if not settings.REDIS_URL:
        return _count_in_cache(key, cost, ttl)
    try:
        return _count_in_redis(key, cost, ttl)
    except redis.RedisError:
        logger.warning("rate_limit_cache_unreachable")
        return cost


def caller_of(request: Request) -> str:
    """One account is one caller wherever it signs in; a stranger is an address, IPv6 by its /64."""
    return _caller(request.user, request._request)


def _caller(person: Any, request: HttpRequest) -> str:
    if person.is_authenticated:
        return f"user:{person.pk}"
    return f"ip:{network_of(client_ip(request))}"


def page_verdict(request: HttpRequest, scope: str) -> Verdict:
    """Counts a request of a page into the same limit as those of the API; `remaining` below zero is one too many."""
    return _spent(scope, request.user, request, cost=1)


def _spent(scope: str, person: Any, request: HttpRequest, *, cost: int) -> Verdict:
    policy = policy_for(scope, is_signed_in=person.is_authenticated)
    now = time.time()
    window = int(now // policy.window)
    reset = policy.window - int(now % policy.window)
    used = count(f"rl:{policy.scope}:{_caller(person, request)}:{window}", cost, policy.window + 1)
    return Verdict(policy, policy.quota - used, reset)


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return parsed.exploded[:19]
    return address


def scope_of(view: Any, method: str) -> str:
    scope: str | Mapping[str, str] = getattr(view, "throttle_scope", BY_VERB)
    return scope if isinstance(scope, str) else scope.get(method, scope["default"])


def cost_of(view: Any, method: str) -> int:
    cost: int | Mapping[str, int] = getattr(view, "throttle_cost", 1)
    return cost if isinstance(cost, int) else cost.get(method, 1)


class ScopeThrottle(BaseThrottle):
    """Holds a view to the limit of its `throttle_scope`; leaves the verdict on the request for the headers."""

    verdict: Verdict | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        method = str(request.method)
        scope, cost = scope_of(view, method), cost_of(view, method)
        self.verdict = _spent(scope, request.user, request._request, cost=cost)
        request._request.rate_limit_verdict = self.verdict  # type: ignore[attr-defined]  # the one place that adds it
        return self.verdict.remaining >= 0

    def wait(self) -> float | None:
        return None if self.verdict is None else float(self.verdict.reset)
