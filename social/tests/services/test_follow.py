import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory
from fitfoodie.common.errors import DomainError, NotAllowedError
from social.models import Follow
from social.services.block import block_person
from social.services.follow import accept_follow, decline_follow, follow_person, remove_follower, unfollow_person
from social.services.privacy import change_privacy
from social.tests.graph import NOW, facts, make_private, totals


def test_follow_counts_at_once_and_may_be_said_twice(ada, ben):
    for _ in range(2):
        assert follow_person(follower=ada, person_id=ben.pk, now=NOW).state == "accepted"
    assert (totals(ada), totals(ben)) == ((0, 1, 0), (1, 0, 0))
    assert facts() == [
        ("social.follow.accepted", {"follower_id": ada.pk, "followee_id": ben.pk, "was_requested": False})
    ]


def test_unfollow_may_be_said_twice(ada, ben):
    follow_person(follower=ada, person_id=ben.pk, now=NOW)
    assert [unfollow_person(follower=ada, person_id=ben.pk) for _ in range(2)] == [True, False]
    assert (totals(ada), totals(ben)) == ((0, 0, 0), (0, 0, 0))
    payload = {"follower_id": ada.pk, "followee_id": ben.pk, "was_accepted": True, "cause": "unfollowed"}
    assert facts()[-1] == ("social.follow.removed", payload)


def test_private_person_is_asked_first(ada, ben):
    make_private(ben)
    for _ in range(2):
        assert follow_person(follower=ada, person_id=ben.pk, now=NOW).state == "requested"
    assert (totals(ada), totals(ben)) == ((0, 0, 0), (0, 0, 0))
    for _ in range(2):
        assert accept_follow(person=ben, follower_id=ada.pk, now=NOW).state == "accepted"
    assert (totals(ada), totals(ben)) == ((0, 1, 0), (1, 0, 0))
    pair = {"follower_id": ada.pk, "followee_id": ben.pk}
    assert facts() == [
        ("social.follow.requested", pair),
        ("social.follow.accepted", pair | {"was_requested": True}),
    ]


def test_declining_leaves_nothing(ada, ben):
    make_private(ben)
    follow_person(follower=ada, person_id=ben.pk, now=NOW)
    assert [decline_follow(person=ben, follower_id=ada.pk) for _ in range(2)] == [True, False]
    assert Follow.objects.count() == 0
    assert facts()[-1] == ("social.follow.declined", {"follower_id": ada.pk, "followee_id": ben.pk})


def test_who_follows_is_not_declined_but_removed(ada, ben):
    follow_person(follower=ada, person_id=ben.pk, now=NOW)
    assert decline_follow(person=ben, follower_id=ada.pk) is False
    assert [remove_follower(person=ben, follower_id=ada.pk) for _ in range(2)] == [True, False]
    assert totals(ben) == (0, 0, 0)


def test_nobody_is_let_in_who_did_not_ask(ada, ben):
    with pytest.raises(Follow.DoesNotExist):
        accept_follow(person=ben, follower_id=ada.pk, now=NOW)


def test_not_oneself_and_not_before_the_address_is_confirmed(ada, ben):
    with pytest.raises(DomainError) as error:
        follow_person(follower=ada, person_id=ada.pk, now=NOW)
    assert error.value.code == "oneself"
    fresh = UserFactory(verified=False)
    with pytest.raises(NotAllowedError) as refusal:
        follow_person(follower=fresh, person_id=ben.pk, now=NOW)
    assert refusal.value.code == "email_unverified"


@pytest.mark.parametrize("state", ["unknown", "suspended", "blocked", "blocking"])
def test_whoever_is_not_there_is_unknown(ada, ben, state):
    wanted = ben.pk
    if state == "unknown":
        wanted = 10**9
    elif state == "suspended":
        User.objects.filter(pk=ben.pk).update(is_active=False)
    elif state == "blocked":
        block_person(blocker=ben, person_id=ada.pk, now=NOW)
    else:
        block_person(blocker=ada, person_id=ben.pk, now=NOW)
    with pytest.raises(User.DoesNotExist):
        follow_person(follower=ada, person_id=wanted, now=NOW)
    assert Follow.objects.count() == 0


def test_opening_the_profile_lets_in_all_who_ask(ada, ben, sam):
    change_privacy(person=ben, is_private=True, now=NOW)
    for person in (ada, sam):
        follow_person(follower=person, person_id=ben.pk, now=NOW)
    assert [change_privacy(person=ben, is_private=False, now=NOW) for _ in range(2)] == [True, False]
    assert (Follow.objects.accepted().count(), totals(ben), totals(ada)) == (2, (2, 0, 0), (0, 1, 0))
    assert facts()[0] == ("social.profile.closed", {"user_id": ben.pk})
    assert facts()[-1] == ("social.profile.opened", {"user_id": ben.pk, "requests_accepted": 2})


def test_closing_the_profile_keeps_its_followers(ada, ben):
    follow_person(follower=ada, person_id=ben.pk, now=NOW)
    change_privacy(person=ben, is_private=True, now=NOW)
    assert (Follow.objects.accepted().count(), totals(ben)) == (1, (1, 0, 0))


def test_suspension_does_not_move_the_totals(ada, ben):
    follow_person(follower=ada, person_id=ben.pk, now=NOW)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert totals(ben) == (1, 0, 0)
