"""The catalogue knows every route, and every page answers those it is for, and no others."""

import pytest

from tests.pages.catalogue import NOT_PAGES, NOT_ROUTES, PAGES, VISITOR, back_office, routes

pytestmark = pytest.mark.django_db
ASKS_AGAIN = {"mfa_activate_totp", "mfa_add_webauthn"}  # for the password, before the page


def test_every_route_is_a_page_or_has_a_reason_not_to_be():
    assert routes() - set(PAGES) - set(NOT_PAGES) == set()


def test_catalogue_names_no_route_that_is_gone():
    assert (set(PAGES) | set(NOT_PAGES)) - NOT_ROUTES - routes() == set()


def test_every_page_opens_for_those_it_is_for(clients):
    answers = {
        (name, role): clients[role].get(page.address).status_code
        for name, page in PAGES.items()
        for role in page.roles
        if name not in ASKS_AGAIN
    }
    wrong = {key: status for key, status in answers.items() if status != PAGES[key[0]].status}
    assert wrong == {}


def test_pages_of_members_are_closed_to_visitors(clients):
    inside = {name: page.address for name, page in PAGES.items() if VISITOR not in page.roles}
    answers = {name: clients[VISITOR].get(address).status_code for name, address in inside.items()}
    assert {name: status for name, status in answers.items() if status not in {302, 404}} == {}


def test_back_office_opens_for_staff_alone(clients):
    for name, address in back_office().items():
        answers = {role: client.get(address).status_code for role, client in clients.items()}
        assert answers == {"visitor": 302, "member": 302, "creator": 302, "staff": 200}, name
