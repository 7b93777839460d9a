"""SEC-5: only what our own proxies saw counts."""

import pytest
from django.test import RequestFactory

from fitfoodie.common.client_ip import client_ip, shortened


def asked(count, forwarded, peer, settings):
    settings.TRUSTED_PROXY_COUNT = count
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return client_ip(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))


@pytest.mark.parametrize(
    ("count", "forwarded", "peer", "expected"),
    [
        (0, None, "198.51.100.1", "198.51.100.1"),
        (0, "203.0.113.9", "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1", "10.0.0.1"),
        (1, None, "10.0.0.1", "10.0.0.1"),
        (1, "nonsense", "10.0.0.1", "10.0.0.1"),
        (1, "203.0.113.9:4711", "10.0.0.1", "203.0.113.9"),
        (1, "[2001:db8::1]:4711", "10.0.0.1", "2001:db8::1"),
        (1, "2001:db8::1", "10.0.0.1", "2001:db8::1"),
        (1, "::ffff:203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (0, None, "", "0.0.0.0"),
    ],
)
def test_client_ip(count, forwarded, peer, expected, settings):
    assert asked(count, forwarded, peer, settings) == expected


@pytest.mark.parametrize(("ip", "expected"), [("203.0.113.77", "203.0.113.x"), ("2001:db8:1:2::3", "2001:db8:1::/48")])
def test_shortened(ip, expected):
    assert shortened(ip) == expected
