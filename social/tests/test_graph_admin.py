"""The back office: staff look, act with a reason, and never write around the services."""

import pytest

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from social.models import Block, Connection
from social.services.block import block_person
from social.services.connection import request_connection
from social.services.follow import follow_person
from social.tests.graph import NOW, facts

MODELS = ["follow", "connection", "block", "socialstats"]


@pytest.fixture
def office(client, db):
    client.force_login(UserFactory(roles_held=[Role.MODERATOR]))
    return client


@pytest.fixture
def ties(ada, ben, sam):
    follow_person(follower=ada, person_id=ben.pk, now=NOW)
    request_connection(asker=ada, person_id=ben.pk, now=NOW)
    block_person(blocker=ada, person_id=sam.pk, now=NOW)


def act(client, model, row, **more):
    data = {"action": "remove", "_selected_action": [row.pk]} | more
    return client.post(f"/admin/social/{model}/", data, follow=True)


@pytest.mark.parametrize("model", MODELS)
def test_lists_open_for_moderators_and_are_searched_by_handle(office, ties, model):
    page = office.get(f"/admin/social/{model}/?q=ada")
    assert (page.status_code, "@ada" in page.content.decode()) == (200, True)
    assert office.get(f"/admin/social/{model}/add/").status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_lists_are_closed_to_members(client, ada, model):
    client.force_login(ada)
    assert client.get(f"/admin/social/{model}/").status_code == 302


def test_block_is_lifted_with_a_reason(office, ties):
    row = Block.objects.get()
    assert "Reason" in act(office, "block", row).content.decode()
    assert Block.objects.count() == 1
    act(office, "block", row, reason="Asked for by mail")
    assert (Block.objects.count(), facts()[-1][1]["reason"]) == (0, "Asked for by mail")


def test_friendship_is_ended_with_a_reason(office, ties):
    act(office, "connection", Connection.objects.get(), reason="Asked for by mail")
    assert (Connection.objects.count(), facts()[-1][1]["cause"]) == (0, "by_staff")
