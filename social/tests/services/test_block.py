import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory
from fitfoodie.common.errors import DomainError, NotAllowedError
from social.models import Block, Connection, Follow
from social.services.block import block_person, remove_block, unblock_person
from social.services.connection import request_connection
from social.services.follow import follow_person
from social.tests.graph import NOW, facts, make_private, totals


def block(blocker, person):
    return block_person(blocker=blocker, person_id=person.pk, now=NOW)


def befriend(one, other):
    for asker, asked in ((one, other), (other, one)):
        follow_person(follower=asker, person_id=asked.pk, now=NOW)
        request_connection(asker=asker, person_id=asked.pk, now=NOW)


def test_block_ends_everything_between_the_two(ada, ben):
    befriend(ada, ben)
    before = len(facts())
    for _ in range(2):
        block(ada, ben)
    assert (Follow.objects.count(), Connection.objects.count(), Block.objects.count()) == (0, 0, 1)
    assert (totals(ada), totals(ben)) == ((0, 0, 0), (0, 0, 0))
    low, high = sorted((ada.pk, ben.pk))
    gone = {"was_accepted": True, "cause": "blocked"}
    assert facts()[before:] == [
        ("social.follow.removed", {"follower_id": ada.pk, "followee_id": ben.pk} | gone),
        ("social.follow.removed", {"follower_id": ben.pk, "followee_id": ada.pk} | gone),
        ("social.connection.removed", {"low_id": low, "high_id": high, "cause": "blocked", "reason": ""}),
        ("social.block.added", {"blocker_id": ada.pk, "blocked_id": ben.pk}),
    ]


def test_block_cancels_requests_without_touching_totals(ada, ben):
    make_private(ada)
    follow_person(follower=ben, person_id=ada.pk, now=NOW)
    request_connection(asker=ben, person_id=ada.pk, now=NOW)
    block(ada, ben)
    assert (Follow.objects.count(), Connection.objects.count(), totals(ada)) == (0, 0, (0, 0, 0))
    payload = {"asker_id": ben.pk, "asked_id": ada.pk, "cause": "blocked"}
    assert ("social.connection.cancelled", payload) in facts()


def test_unblocking_brings_nothing_back(ada, ben):
    befriend(ada, ben)
    block(ada, ben)
    assert [unblock_person(blocker=ada, person_id=ben.pk) for _ in range(2)] == [True, False]
    assert (Follow.objects.count(), Connection.objects.count()) == (0, 0)
    payload = {"blocker_id": ada.pk, "blocked_id": ben.pk, "by_staff": False, "reason": ""}
    assert facts()[-1] == ("social.block.removed", payload)
    assert follow_person(follower=ben, person_id=ada.pk, now=NOW).state == "accepted"


def test_only_the_blocker_unblocks(ada, ben):
    block(ada, ben)
    assert unblock_person(blocker=ben, person_id=ada.pk) is False
    assert Block.objects.count() == 1


def test_neither_oneself_nor_the_unknown(ada, ben):
    with pytest.raises(DomainError):
        block(ada, ada)
    with pytest.raises(User.DoesNotExist):
        block_person(blocker=ada, person_id=10**9, now=NOW)
    block(ben, ada)
    with pytest.raises(User.DoesNotExist):
        block(ada, ben)


def test_who_has_not_confirmed_their_address_may_block(ben):
    assert block(UserFactory(verified=False), ben).blocked == ben


def test_staff_lift_a_block_with_a_reason(ada, ben):
    row = block(ada, ben)
    with pytest.raises(NotAllowedError):
        remove_block(block_id=row.pk, actor=ben, reason="Please")
    staff = UserFactory(is_superuser=True)
    with pytest.raises(DomainError):
        remove_block(block_id=row.pk, actor=staff, reason="")
    remove_block(block_id=row.pk, actor=staff, reason="Blocked by mistake, asked by mail")
    payload = {
        "blocker_id": ada.pk,
        "blocked_id": ben.pk,
        "by_staff": True,
        "reason": "Blocked by mistake, asked by mail",
    }
    assert facts()[-1] == ("social.block.removed", payload)
