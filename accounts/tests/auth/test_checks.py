import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from accounts.checks import check_sign_in_settings


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def ids():
    return [message.id for message in check_sign_in_settings()]


def test_checks_pass_as_shipped():
    assert ids() == []


def test_negative_proxy_count(settings):
    settings.TRUSTED_PROXY_COUNT = settings.ALLAUTH_TRUSTED_PROXY_COUNT = -1
    assert ids() == ["accounts.E001"]


@pytest.mark.parametrize(
    ("provider", "app", "expected"),
    [
        ("google", {"client_id": "x", "secret": ""}, ["accounts.E002"]),
        ("google", {"client_id": "x", "secret": "y"}, []),
        ("apple", {"client_id": "x", "secret": "k"}, ["accounts.E002"]),
        ("apple", {"client_id": "x", "secret": "k", "key": "t", "settings": {"certificate_key": "p"}}, []),
    ],
)
def test_provider_with_half_its_keys(settings, provider, app, expected):
    settings.SOCIALACCOUNT_PROVIDERS = {provider: {"APPS": [app]}}
    assert ids() == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("nonsense", ["accounts.E003"]),
        (pem(ec.generate_private_key(ec.SECP256R1())), ["accounts.E003"]),
        (pem(rsa.generate_private_key(public_exponent=65537, key_size=2048)), []),
    ],
)
def test_signing_key(settings, key, expected):
    settings.HEADLESS_JWT_PRIVATE_KEY = key
    assert ids() == expected


def test_breach_list_without_tls(settings):
    settings.BREACHED_PASSWORDS_ENABLED = True
    settings.BREACHED_PASSWORDS_URL = "http://example.org/"
    assert ids() == ["accounts.E004"]
