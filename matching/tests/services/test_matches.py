from datetime import timedelta

import pytest

from accounts.events import UserDeactivated
from accounts.models import User
from fitfoodie.events.models import Event
from fitfoodie.events.services import record
from matching.models import Match
from matching.services.matches import mark_seen, unmatch
from matching.tasks import follow_block, follow_leaving
from matching.tests.factories import NOW, make_user
from social.services.block import block_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return make_user("ada"), make_user("ben")


@pytest.fixture
def match(pair):
    ada, ben = pair
    return Match.objects.create(low=ada, high=ben, matched_at=NOW)


def endings():
    return list(Event.objects.filter(name="matching.match.ended").values_list("data", flat=True))


def test_unmatching_ends_it_for_both_and_says_so_once(pair, match):
    ada, ben = pair
    for _again in range(2):
        ended = unmatch(user=ben, match_id=match.pk, now=NOW)
    assert (ended.ended_at, ended.ended_by) == (NOW, ben)
    assert endings() == [
        {
            "match_id": match.pk,
            "low_id": ada.pk,
            "high_id": ben.pk,
            "ended_by_id": ben.pk,
            "cause": "unmatched",
        }
    ]


def test_a_match_of_others_is_not_there(match):
    with pytest.raises(Match.DoesNotExist):
        unmatch(user=make_user("stranger"), match_id=match.pk, now=NOW)


def test_each_side_sees_it_once(pair, match):
    ada, ben = pair
    assert mark_seen(user=ada, match_ids=[match.pk], now=NOW) == [match.pk]
    assert mark_seen(user=ada, match_ids=[match.pk], now=NOW + timedelta(hours=1)) == []
    match.refresh_from_db()
    assert (match.low_seen_at, match.high_seen_at) == (NOW, None)
    assert mark_seen(user=ben, match_ids=[match.pk], now=NOW) == [match.pk]
    assert mark_seen(user=make_user("stranger"), match_ids=[match.pk], now=NOW) == []


def test_a_block_ends_the_match(pair, match, django_capture_on_commit_callbacks):
    ada, ben = pair
    with django_capture_on_commit_callbacks(execute=True):
        block_person(blocker=ben, person_id=ada.pk, now=NOW)
    match.refresh_from_db()
    assert match.ended_at is not None
    assert [data["cause"] for data in endings()] == ["blocked"]
    follow_block(event_id=Event.objects.get(name="social.block.added").pk)
    assert len(endings()) == 1


def _deactivated(person):
    return record(UserDeactivated(user_id=person.pk, reason="x"), actor=None, subject=person)


def test_a_suspension_only_hides(pair, match):
    User.objects.filter(pk=pair[0].pk).update(is_active=False)
    follow_leaving(event_id=_deactivated(pair[0]).pk)
    match.refresh_from_db()
    assert match.ended_at is None


def test_an_account_closed_for_good_ends_its_matches(pair, match):
    User.objects.filter(pk=pair[0].pk).update(is_active=False, deletion_requested_at=NOW)
    follow_leaving(event_id=_deactivated(pair[0]).pk)
    assert [(data["cause"], data["ended_by_id"]) for data in endings()] == [("left", None)]


def test_a_fact_that_is_gone_ends_nothing(match):
    follow_block(event_id=0)
    follow_leaving(event_id=0)
    assert endings() == []
