"""Windows and limits at their edges: what is taken back, what comes back, and clocks that somebody moves (MAT-1, 6, 7,
9, 10)."""

from datetime import timedelta

import pytest

from matching.enums import Verb
from matching.errors import AlreadyActedError, LimitReachedError, NothingToUndoError
from matching.models import Match, MatchAction
from matching.selectors.deck import deck_page, profile_of
from matching.services.actions import act, undo_last
from matching.services.matches import unmatch
from matching.tests.factories import NOW, make_fitness, make_user

pytestmark = pytest.mark.django_db
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def ada():
    return make_fitness(make_user("ada")).user


@pytest.fixture
def ben():
    return make_fitness(make_user("ben")).user


def say(actor, target, verb=Verb.LIKE, *, now=NOW, **more):
    return act(actor=actor, target_id=target.pk, verb=verb, now=now, **more)


def deck(viewer, now):
    return [card.handle for card in deck_page(profile_of(viewer), size=20, now=now).cards]


def test_a_pass_is_out_of_the_deck_for_thirty_days_to_the_second(ada, ben):
    say(ada, ben, Verb.PASS)
    back = NOW + 30 * DAY
    assert (deck(ada, NOW), deck(ada, back - SECOND), deck(ada, back)) == ([], [], ["ben"])
    assert deck(ben, NOW) == ["ada"]


def test_a_pass_for_good_is_out_of_the_deck_for_years(ada, ben):
    say(ada, ben, Verb.PASS, is_for_good=True)
    assert deck(ada, NOW + 3650 * DAY) == []


def test_a_pass_said_again_when_it_is_over_lasts_thirty_days_more(ada, ben):
    say(ada, ben, Verb.PASS)
    say(ada, ben, Verb.PASS, now=NOW + 30 * DAY)
    assert (deck(ada, NOW + 60 * DAY - SECOND), deck(ada, NOW + 60 * DAY)) == ([], ["ben"])


def test_the_undo_window_ends_after_ten_minutes_to_the_second(ada, ben):
    say(ada, ben)
    with pytest.raises(NothingToUndoError):
        undo_last(actor=ada, now=NOW + 10 * MINUTE + SECOND)
    assert undo_last(actor=ada, now=NOW + 10 * MINUTE).target == ben
    assert deck(ada, NOW + 10 * MINUTE) == ["ben"]


def test_a_word_that_was_changed_has_a_window_of_its_own_and_undoing_it_brings_back_none(ada, ben):
    say(ada, ben, Verb.PASS)
    say(ada, ben, Verb.LIKE, now=NOW + 9 * MINUTE)
    assert undo_last(actor=ada, now=NOW + 18 * MINUTE).verb == Verb.LIKE
    assert not MatchAction.objects.filter(undone_at=None).exists()
    assert deck(ada, NOW + 18 * MINUTE) == ["ben"]
    with pytest.raises(NothingToUndoError):
        undo_last(actor=ada, now=NOW + 18 * MINUTE)


def test_a_match_that_was_ended_at_once_cannot_be_taken_back_into_the_deck(ada, ben):
    say(ben, ada)
    match = say(ada, ben).match
    unmatch(user=ada, match_id=match.pk, now=NOW)
    with pytest.raises(NothingToUndoError):
        undo_last(actor=ada, now=NOW + MINUTE)
    assert (deck(ada, NOW + 40 * DAY), deck(ben, NOW + 40 * DAY)) == ([], [])
    assert Match.objects.count() == 1


def test_a_like_changed_into_a_pass_before_the_other_side_answers_matches_nobody(ada, ben):
    say(ada, ben)
    say(ada, ben, Verb.PASS, now=NOW + MINUTE)
    assert say(ben, ada, now=NOW + 2 * MINUTE).match is None


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu"])
def test_clocks_that_are_moved_give_no_super_like_back(ada, settings, zone):
    settings.MATCH_SUPER_LIKES_A_DAY = 1
    first, second = (make_fitness(make_user(f"person_{n}")).user for n in range(2))
    say(ada, first, Verb.SUPER_LIKE)
    ada.preferences.time_zone = zone
    ada.preferences.save()
    for hours in (0, 6, 12, 18, 23):
        with pytest.raises(LimitReachedError):
            say(ada, second, Verb.SUPER_LIKE, now=NOW + timedelta(hours=hours))
    assert say(ada, second, Verb.SUPER_LIKE, now=NOW + timedelta(hours=24)).action.verb == Verb.SUPER_LIKE


def test_a_like_cannot_be_made_a_super_like_without_one_being_left(ada, ben, settings):
    settings.MATCH_SUPER_LIKES_A_DAY = 1
    other = make_fitness(make_user("other")).user
    say(ada, other, Verb.SUPER_LIKE)
    say(ada, ben)
    with pytest.raises(LimitReachedError):
        say(ada, ben, Verb.SUPER_LIKE, now=NOW + MINUTE)
    assert MatchAction.objects.get(actor=ada, target=ben, undone_at=None).verb == Verb.LIKE
    with pytest.raises(AlreadyActedError):
        say(ada, ben, Verb.PASS, now=NOW + 11 * MINUTE)
