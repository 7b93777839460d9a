import os

import pytest
import redis

from fitfoodie.common.api import throttling
from fitfoodie.common.tests.api.sample_urls import NotesView

pytestmark = pytest.mark.django_db


@pytest.fixture
def _two_a_minute(settings):
    settings.API_RATE_LIMITS = settings.API_RATE_LIMITS | {"anonymous_read": "2/60", "read": "3/60"}


@pytest.mark.usefixtures("_two_a_minute")
def test_limit_is_announced_then_held(api):
    first, second, third = (api.get("/api/notes") for _ in range(3))
    assert first["RateLimit-Policy"] == '"anonymous_read";q=2;w=60'
    assert first["RateLimit"].startswith('"anonymous_read";r=1;t=')
    assert (second.status_code, third.status_code) == (200, 429)
    assert third["RateLimit"].startswith('"anonymous_read";r=0;t=')
    assert 1 <= int(third["Retry-After"]) <= 60
    assert third.json()["code"] == "rate_limited"


@pytest.mark.usefixtures("_two_a_minute")
def test_member_is_counted_apart_from_the_address(api, member_api):
    for _ in range(3):
        api.get("/api/notes")
    assert [member_api.get("/api/notes").status_code for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.usefixtures("_two_a_minute")
def test_forwarded_addresses_count_only_from_trusted_hops(api, settings):
    spoofed = [api.get("/api/notes", headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(3)]
    assert spoofed == [200, 200, 429]
    settings.TRUSTED_PROXY_COUNT = 1
    assert api.get("/api/notes", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200


@pytest.mark.usefixtures("_two_a_minute")
def test_ipv6_neighbours_share_a_limit(api):
    codes = [api.get("/api/notes", REMOTE_ADDR=f"2001:db8::{n}").status_code for n in range(3)]
    assert codes == [200, 200, 429]


@pytest.mark.usefixtures("_two_a_minute")
def test_cost_of_a_view_is_charged(api, monkeypatch):
    monkeypatch.setattr(NotesView, "throttle_cost", {"GET": 2})
    assert [api.get("/api/notes").status_code for _ in range(2)] == [200, 429]


def test_cache_that_is_down_lets_people_in(api, settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    throttling._redis.cache_clear()
    assert api.get("/api/notes").status_code == 200
    throttling._redis.cache_clear()


@pytest.mark.redis
def test_counter_in_redis_adds_up_and_expires():
    url = os.environ.get("REDIS_URL") or pytest.skip("REDIS_URL names no Redis to test against")
    throttling._redis.cache_clear()
    client = redis.Redis.from_url(url)
    client.delete("rl:test")
    assert [throttling._count_in_redis("rl:test", 2, 30) for _ in range(2)] == [2, 4]
    assert 0 < client.ttl("rl:test") <= 30


def test_address_that_cannot_be_read_is_one_caller(rf):
    assert throttling.network_of("not an address") == "unknown"
