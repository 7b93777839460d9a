"""Who gets in where (N29, SEC-8): each route as each kind of person, against a table that a reviewer has read."""

import importlib.util
import os
import re
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from accounts.enums import Role
from accounts.tests.factories import UserFactory

_spec = importlib.util.spec_from_file_location("roles_matrix", Path(__file__).parent / "roles_matrix.py")
roles_matrix = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(roles_matrix)

# Reference pages and figures are no one's role; providers are off without keys; `api/auth/` is allauth's own machine.
LEFT_OUT = re.compile(
    r"metrics|api/schema/|api/v1/openapi|api/auth/|accounts/(google|apple|facebook)/|api/$|admin/\(\?P"
)
ROLES = {
    "member": [],
    "creator": [Role.CREATOR],
    "moderator": [Role.MODERATOR],
    "support": [Role.SUPPORT],
    "admin": [Role.ADMIN],
}


class Rollback(Exception):  # noqa: N818  not an error: the way out of a request whose effects are not wanted
    pass


@pytest.fixture
def clients(db):
    UserFactory(handle="somebody")
    clients = {"anonymous": Client(raise_request_exception=False)}
    for name, roles in ROLES.items():
        clients[name] = Client(raise_request_exception=False)
        clients[name].force_login(UserFactory(handle=f"a_{name}", roles_held=roles))
    return clients


def asked(client, method, address):
    """The answer, without its effects: what it wrote is rolled back, the cookies stay as they were."""
    session = client.cookies.get("sessionid")
    kept = session.value if session else None
    try:
        with transaction.atomic():
            response = client.generic(method, address, b"{}" if method != "GET" else b"", "application/json")
            raise Rollback  # noqa: TRY301  leaving the block by an exception is what rolls back
    except Rollback:
        client.cookies.clear()
        if kept:
            client.cookies["sessionid"] = kept
        return response


def test_who_gets_in_is_what_the_table_says(clients, settings):
    settings.API_RATE_LIMITS = dict.fromkeys(settings.API_RATE_LIMITS, "100000/60")
    found, failed = {}, []
    for method, route, _callback in roles_matrix.routes():
        if LEFT_OUT.match(route):
            continue
        responses = [asked(clients[kind], method, roles_matrix.address(route)) for kind in roles_matrix.KINDS]
        failed += [f"{method} {route}" for response in responses if response.status_code >= 500]
        found[f"{method} {route.replace(' ', '') or '(home)'}"] = [
            roles_matrix.verdict(response) for response in responses
        ]
    if os.environ.get("ROLES_MATRIX") == "write":
        roles_matrix.write_table(found)
    expected = roles_matrix.read_table()
    changed = {key: (expected.get(key), cells) for key, cells in found.items() if expected.get(key) != cells}
    gone = sorted(expected.keys() - found.keys())
    hint = "Read tests/architecture/roles_matrix.py: who may do what has changed, or a route is new."
    assert (changed, gone, failed) == ({}, [], []), hint


def test_back_office_is_for_staff_alone():
    for key, cells in roles_matrix.read_table().items():
        if key.split()[1].startswith("admin/") and "login" not in key and "logout" not in key:
            for_all = [cell for cell in cells[:3] if cell == "in"]
            assert for_all == [], key


# What a visitor may do: fill a cart of their own, and report what breaks the law (MOD-11).
OPEN_TO_VISITORS = {
    "PATCH api/v1/cart",
    "POST api/v1/cart/items",
    "POST api/v1/cart/promo-codes",
    "DELETE api/v1/cart/promo-codes",
    "DELETE api/v1/cart/promo-codes/<str:code>",
    "POST api/v1/reports",
}


def test_strangers_write_nothing_but_their_own_cart_and_reports():
    """Every other call of the API that could change something asks who you are."""
    open_to_all = {
        key for key, cells in roles_matrix.read_table().items() if not key.startswith("GET ") and cells[0] == "in"
    }
    assert open_to_all == OPEN_TO_VISITORS
