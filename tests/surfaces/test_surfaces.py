"""Block, suspend, leave, close: on every surface, for every viewer, on the next request (CRE-3, “Across domains”).

A test is one state for one viewer and walks all surfaces: what is compared is name of the surface → whether it shows.
"""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.surfaces.surfaces import FOR_MACHINES, PERSON, SURFACES, WORD, WORK
from tests.surfaces.world import BLOCKS, STATES, make_world, open_, private

VIEWERS = ("visitor", "member", "follower")
CASES = [(state, viewer) for state in STATES for viewer in VIEWERS if viewer != "visitor" or state not in BLOCKS]


@pytest.fixture
def world(db):
    cache.clear()
    return make_world()


def client_of(world, viewer):
    client = Client()
    if viewer != "visitor":
        client.force_login(getattr(world, viewer))
    return client


def surfaces_for(viewer):
    return [surface for surface in SURFACES if viewer != "visitor" or surface.open_to_visitors]


def seen(client, surfaces, world):
    return {surface.name: shows(client, surface, world) for surface in surfaces}


def shows(client, surface, world):
    answer = client.get(surface.address(world))
    assert answer.status_code in (200, 404), (surface.address(world), answer.status_code)
    return answer.status_code == 200 and surface.mark(world) in answer.content.decode()


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


@pytest.mark.parametrize(("state", "viewer"), CASES, ids=[f"{state.__name__}-{viewer}" for state, viewer in CASES])
def test_surfaces_show_who_is_there_and_nobody_else(world, state, viewer):
    client, surfaces = client_of(world, viewer), surfaces_for(viewer)
    # Also fills every cache: what follows must hold on the next request.
    assert seen(client, surfaces, world) == {surface.name: True for surface in surfaces}
    state(world, getattr(world, viewer, None))
    expected = {surface.name: is_shown(surface, state, viewer) for surface in surfaces}
    assert seen(client, surfaces, world) == expected


@pytest.mark.parametrize("state", [state for state in STATES if state not in BLOCKS], ids=lambda state: state.__name__)
def test_machines_are_told_what_is_public(world, state):
    assert seen(Client(), FOR_MACHINES, world) == {surface.name: True for surface in FOR_MACHINES}
    state(world, None)
    expected = {surface.name: is_shown(surface, state, "visitor") for surface in FOR_MACHINES}
    assert seen(Client(), FOR_MACHINES, world) == expected


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
    assert seen(client, SURFACES, world) == {surface.name: True for surface in SURFACES}


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
