"""Block, suspend, leave, close: on every surface, for every viewer, on the next request (CRE-3, “Across domains”).

A test is one viewer, who walks all surfaces in one state after the other: what is compared is which surfaces show
what they should not, or do not show what they should.
"""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.surfaces.surfaces import FOR_MACHINES, PERSON, SURFACES, VIEWERS, WORD, WORK
from tests.surfaces.world import BLOCKS, STATES, make_world, open_, private

SHOWS_NOTHING = (204, 404, 410)


@pytest.fixture
def world(db, django_capture_on_commit_callbacks):
    cache.clear()
    with django_capture_on_commit_callbacks(execute=True):
        return make_world()


def client_of(world, viewer):
    client = Client()
    if viewer != "visitor":
        client.force_login(getattr(world, viewer))
    return client


def surfaces_for(viewer):
    return [surface for surface in SURFACES if viewer in surface.viewers]


def seen(client, surfaces, world):
    return {surface.name: shows(client, surface, world) for surface in surfaces}


def shows(client, surface, world):
    answer = client.get(surface.address(world))
    assert answer.status_code in (200, *SHOWS_NOTHING), (surface.address(world), answer.status_code)
    return answer.status_code == 200 and surface.mark(world) in answer.content.decode(errors="replace")


def is_shown(surface, state, viewer):
    """What must hold, by kind of thing."""
    if state is open_:
        return True
    if state is private:
        return surface.kind in (PERSON, WORD) or (surface.kind == WORK and viewer == "follower")
    return False


def test_names_are_given_once():
    names = [surface.name for surface in SURFACES + FOR_MACHINES]
    assert len(names) == len(set(names))


def wrong_in(world, client, surfaces, state, viewer):
    """Names of the surfaces where it is not as it must be; the state is over when this returns."""
    with transaction.atomic():
        state(world, getattr(world, viewer, None))
        expected = {surface.name: is_shown(surface, state, viewer) for surface in surfaces}
        found = seen(client, surfaces, world)
        transaction.set_rollback(True)
    return [name for name, shown in found.items() if shown != expected[name]]


@pytest.mark.parametrize("viewer", VIEWERS)
def test_surfaces_show_who_is_there_and_nobody_else(world, viewer):
    """In the first state nothing befalls anybody: it fills every cache. The others must hold on the next request."""
    client, surfaces = client_of(world, viewer), surfaces_for(viewer)
    states = [state for state in STATES if viewer != "visitor" or state not in BLOCKS]
    wrong = {state.__name__: wrong_in(world, client, surfaces, state, viewer) for state in states}
    assert wrong == {state.__name__: [] for state in states}


def test_machines_are_told_what_is_public(world):
    states = [state for state in STATES if state not in BLOCKS]
    wrong = {state.__name__: wrong_in(world, Client(), FOR_MACHINES, state, "visitor") for state in states}
    assert wrong == {state.__name__: [] for state in states}


@pytest.mark.parametrize("state", BLOCKS, ids=lambda state: state.__name__)
@pytest.mark.parametrize("viewer", ["visitor", "member"])
def test_block_hides_the_two_from_each_other_alone(world, state, viewer):
    """Third people see both as before."""
    state(world, world.follower)
    surfaces = surfaces_for(viewer)
    assert seen(client_of(world, viewer), surfaces, world) == {surface.name: True for surface in surfaces}


def test_unblocked_people_are_there_again(world):
    BLOCKS[1](world, world.member)
    client = client_of(world, "member")
    client.post("/@author/unblock")
    surfaces = [surface for surface in surfaces_for("member") if not surface.is_tied]
    assert seen(client, surfaces, world) == {surface.name: True for surface in surfaces}


def test_average_and_totals_do_not_tell(world):
    def figures():
        meal, host = client.get("/api/v1/meals/plain-stew").json(), client.get("/api/v1/users/host").json()
        return meal["rating"], host["counts"]

    client = Client()
    before = figures()
    for state in STATES:
        if state is not BLOCKS[1]:  # whom one is blocked by, one cannot block back
            state(world, world.member)
    assert figures() == before


def test_list_that_an_app_holds_is_stale_after_a_block(world):
    client = client_of(world, "member")
    held = client.get("/api/v1/meals")
    BLOCKS[0](world, world.member)
    assert client.get("/api/v1/meals", headers={"If-None-Match": held["ETag"]}).status_code == 200
