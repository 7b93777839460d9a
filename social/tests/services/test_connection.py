from datetime import timedelta

import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory
from fitfoodie.common.errors import DomainError, NotAllowedError
from social.models import Connection
from social.services.block import block_person
from social.services.connection import (
    TooManyRequestsError,
    accept_connection,
    cancel_connection,
    decline_connection,
    end_connection,
    leave_connection,
    remove_connection,
    request_connection,
)
from social.tests.graph import NOW, facts, totals


def ask(asker, person, now=NOW):
    return request_connection(asker=asker, person_id=person.pk, now=now)


def test_asking_twice_is_one_request(ada, ben):
    assert [ask(ada, ben).state for _ in range(2)] == ["requested"] * 2
    assert (Connection.objects.count(), totals(ada)) == (1, (0, 0, 0))
    assert facts() == [("social.connection.requested", {"asker_id": ada.pk, "asked_id": ben.pk})]


def test_accepting_makes_friends_and_may_be_said_twice(ada, ben):
    ask(ben, ada)
    for _ in range(2):
        assert accept_connection(person=ada, asker_id=ben.pk, now=NOW).state == "accepted"
    assert (totals(ada), totals(ben)) == ((0, 0, 1), (0, 0, 1))
    assert facts()[1:] == [("social.connection.accepted", {"asker_id": ben.pk, "asked_id": ada.pk})]


def test_asking_who_asked_is_the_yes(ada, ben):
    ask(ada, ben)
    assert ask(ben, ada).state == "accepted"
    assert ask(ada, ben).state == "accepted"
    assert (Connection.objects.count(), totals(ada), totals(ben)) == (1, (0, 0, 1), (0, 0, 1))


def test_nobody_accepts_their_own_request_or_one_that_is_not_there(ada, ben):
    with pytest.raises(Connection.DoesNotExist):
        accept_connection(person=ada, asker_id=ben.pk, now=NOW)
    ask(ada, ben)
    with pytest.raises(Connection.DoesNotExist):
        accept_connection(person=ada, asker_id=ben.pk, now=NOW)


def test_withdrawing_declining_and_ending_do_only_their_own(ada, ben):
    ask(ada, ben)
    assert decline_connection(person=ada, asker_id=ben.pk) is False
    assert end_connection(person=ada, other_id=ben.pk) is False
    assert cancel_connection(asker=ada, person_id=ben.pk) is True
    assert facts()[-1] == (
        "social.connection.cancelled",
        {"asker_id": ada.pk, "asked_id": ben.pk, "cause": "withdrawn"},
    )
    ask(ada, ben)
    assert cancel_connection(asker=ben, person_id=ada.pk) is False
    assert decline_connection(person=ben, asker_id=ada.pk) is True
    assert facts()[-1] == ("social.connection.declined", {"asker_id": ada.pk, "asked_id": ben.pk})
    ask(ada, ben)
    ask(ben, ada)
    assert [end_connection(person=ben, other_id=ada.pk) for _ in range(2)] == [True, False]
    low, high = sorted((ada.pk, ben.pk))
    payload = {"low_id": low, "high_id": high, "cause": "ended", "reason": ""}
    assert facts()[-1] == ("social.connection.removed", payload)
    assert (Connection.objects.count(), totals(ada), totals(ben)) == (0, (0, 0, 0), (0, 0, 0))


def test_leaving_is_whichever_it_is(ada, ben):
    ask(ada, ben)
    assert [leave_connection(person=ben, other_id=ada.pk) for _ in range(2)] == [True, False]
    assert facts()[-1][0] == "social.connection.declined"


def test_limit_of_a_day_counts_withdrawn_requests(ada, ben, sam, settings):
    settings.FRIEND_REQUESTS_PER_DAY = 2
    ask(ada, ben)
    cancel_connection(asker=ada, person_id=ben.pk)
    ask(ada, ben)
    with pytest.raises(TooManyRequestsError) as error:
        ask(ada, sam)
    assert (error.value.status, error.value.code) == (429, "too_many_requests")
    assert ask(ada, sam, now=NOW + timedelta(days=1)).state == "requested"


def test_saying_yes_spends_nothing(ada, ben, settings):
    ask(ben, ada)
    settings.FRIEND_REQUESTS_PER_DAY = 0
    assert ask(ada, ben).state == "accepted"


def test_not_oneself_not_unverified_not_blocked(ada, ben):
    with pytest.raises(DomainError):
        ask(ada, ada)
    with pytest.raises(NotAllowedError):
        ask(UserFactory(verified=False), ben)
    block_person(blocker=ben, person_id=ada.pk, now=NOW)
    with pytest.raises(User.DoesNotExist):
        ask(ada, ben)


def test_staff_end_a_friendship_with_a_reason(ada, ben):
    ask(ada, ben)
    ask(ben, ada)
    row = Connection.objects.get()
    with pytest.raises(NotAllowedError):
        remove_connection(connection_id=row.pk, actor=ada, reason="Why not")
    staff = UserFactory(is_superuser=True)
    with pytest.raises(DomainError):
        remove_connection(connection_id=row.pk, actor=staff, reason=" ")
    remove_connection(connection_id=row.pk, actor=staff, reason="Asked for by mail")
    payload = {"low_id": row.low_id, "high_id": row.high_id, "cause": "by_staff", "reason": "Asked for by mail"}
    assert facts()[-1] == ("social.connection.removed", payload)
    assert totals(ada) == (0, 0, 0)
