from datetime import timedelta

import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.models import Event
from matching.enums import Verb
from matching.errors import AlreadyActedError, LimitReachedError, NothingToUndoError
from matching.models import Impression, Match, MatchAction
from matching.services.actions import act, undo_last
from matching.services.matches import unmatch
from matching.tests.factories import NOW, make_fitness, make_user
from social.services.block import block_person

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=11)


@pytest.fixture
def ada():
    return make_fitness(make_user("ada")).user


@pytest.fixture
def ben():
    return make_fitness(make_user("ben")).user


def say(actor, target, verb=Verb.LIKE, *, now=NOW, **more):
    return act(actor=actor, target_id=target.pk, verb=verb, now=now, **more)


def facts():
    rows = Event.objects.filter(name__startswith="matching.").order_by("pk")
    return list(rows.values_list("name", flat=True))


def test_a_like_is_kept_and_tells_nobody(ada, ben):
    result = say(ada, ben)
    assert (result.is_mutual, result.match) == (False, None)
    row = MatchAction.objects.get()
    assert (row.actor, row.target, row.verb, row.acted_at, row.returns_at) == (ada, ben, "like", NOW, None)
    fact = Event.objects.get(name="matching.action.made")
    assert fact.data == {"action_id": row.pk, "actor_id": ada.pk, "target_id": ben.pk, "verb": "like"}


def test_the_same_word_again_is_the_same_row(ada, ben):
    first = say(ada, ben)
    again = say(ada, ben, now=NOW + timedelta(days=3))
    assert again.action == first.action
    assert (MatchAction.objects.count(), facts()) == (1, ["matching.action.made"])


@pytest.mark.parametrize("answer", [Verb.LIKE, Verb.SUPER_LIKE])
def test_two_likes_are_one_match(ada, ben, answer):
    say(ben, ada)
    result = say(ada, ben, answer)
    match = Match.objects.get()
    assert (result.is_mutual, result.match) == (True, match)
    low, high = sorted((ada.pk, ben.pk))
    assert (match.low_id, match.high_id, match.low_seen_at, match.high_seen_at) == (low, high, None, None)
    assert Event.objects.get(name="matching.match.made").data == {"match_id": match.pk, "low_id": low, "high_id": high}


def test_a_match_is_said_again_to_whoever_repeats_the_like(ada, ben):
    say(ben, ada)
    first = say(ada, ben)
    assert say(ada, ben).match == first.match
    assert facts().count("matching.match.made") == 1


def test_a_pass_matches_nobody(ada, ben):
    say(ben, ada)
    assert say(ada, ben, Verb.PASS).match is None


def test_a_pass_that_was_changed_into_a_like_counts_as_the_like(ada, ben):
    say(ben, ada)
    say(ada, ben, Verb.PASS)
    assert say(ada, ben, Verb.LIKE, now=NOW + timedelta(minutes=10)).is_mutual
    assert MatchAction.objects.filter(actor=ada, undone_at=None).count() == 1


def test_another_word_after_the_undo_window_is_refused(ada, ben):
    say(ada, ben, Verb.PASS)
    with pytest.raises(AlreadyActedError) as refused:
        say(ada, ben, Verb.LIKE, now=NOW + LATER)
    assert (refused.value.status, refused.value.code) == (409, "already_acted")
    assert "10 minutes" in refused.value.message


def test_another_word_after_a_match_is_refused(ada, ben):
    say(ben, ada)
    say(ada, ben)
    with pytest.raises(AlreadyActedError):
        say(ada, ben, Verb.PASS)


def test_a_pass_returns_after_thirty_days(ada, ben):
    assert say(ada, ben, Verb.PASS).action.returns_at == NOW + timedelta(days=30)
    with pytest.raises(AlreadyActedError):
        say(ada, ben, Verb.LIKE, now=NOW + timedelta(days=30, seconds=-1))
    again = say(ada, ben, Verb.PASS, now=NOW + timedelta(days=30))
    assert again.action.returns_at == NOW + timedelta(days=60)
    assert MatchAction.objects.filter(undone_at=None).count() == 1


def test_a_pass_for_good_never_returns(ada, ben):
    assert say(ada, ben, Verb.PASS, is_for_good=True).action.returns_at is None


def test_a_pass_can_be_made_for_good_afterwards(ada, ben):
    first = say(ada, ben, Verb.PASS)
    again = say(ada, ben, Verb.PASS, is_for_good=True, now=NOW + LATER)
    assert (again.action.pk, again.action.returns_at) == (first.action.pk, None)


def test_oneself_cannot_be_liked(ada):
    with pytest.raises(DomainError) as refused:
        say(ada, ada)
    assert refused.value.code == "oneself"


def test_without_a_confirmed_address_nothing_is_said(ben):
    new = make_fitness(UserFactory(verified=False)).user
    with pytest.raises(NotAllowedError) as refused:
        say(new, ben)
    assert refused.value.code == "email_unverified"


def test_somebody_who_cannot_be_shown_is_not_there(ada):
    stranger = make_user("stranger")
    with pytest.raises(User.DoesNotExist):
        say(ada, stranger)


def test_somebody_shown_within_the_day_is_there_though_paused_since(ada):
    paused = make_fitness(make_user("paused"), is_paused=True).user
    shown = {"position": 1, "score": 50, "components": {}, "model": "rules"}
    Impression.objects.create(viewer=ada, candidate=paused, day=NOW.date(), shown_at=NOW, **shown)
    with pytest.raises(User.DoesNotExist):
        say(ada, paused, now=NOW + timedelta(days=1))
    assert say(ada, paused, now=NOW + timedelta(hours=23)).action.pk


def test_who_super_liked_can_be_answered(ada):
    paused = make_fitness(make_user("paused")).user
    say(paused, ada, Verb.SUPER_LIKE)
    paused.fitness.is_paused = True
    paused.fitness.save()
    assert say(ada, paused).is_mutual


@pytest.mark.parametrize("who", ["blocked", "suspended", "leaving"])
def test_whoever_is_away_is_not_there(ada, ben, who):
    say(ada, ben)
    if who == "blocked":
        block_person(blocker=ben, person_id=ada.pk, now=NOW)
    else:
        User.objects.filter(pk=ben.pk).update(
            is_active=who != "suspended", deletion_requested_at=NOW if who == "leaving" else None
        )
    with pytest.raises(User.DoesNotExist):
        say(ada, ben)


def test_super_likes_are_limited_over_24_hours(ada, settings):
    settings.MATCH_SUPER_LIKES_A_DAY = 2
    people = [make_fitness(make_user(f"person_{n}")).user for n in range(4)]
    say(ada, people[0], Verb.SUPER_LIKE)
    say(ada, people[1], Verb.SUPER_LIKE, now=NOW + timedelta(hours=2))
    with pytest.raises(LimitReachedError) as refused:
        say(ada, people[2], Verb.SUPER_LIKE, now=NOW + timedelta(hours=20, minutes=30))
    assert (refused.value.status, refused.value.code) == (429, "super_likes_spent")
    assert "in 4 hours" in refused.value.message
    assert say(ada, people[2], Verb.SUPER_LIKE, now=NOW + timedelta(hours=24)).action.pk
    with pytest.raises(LimitReachedError):
        say(ada, people[3], Verb.SUPER_LIKE, now=NOW + timedelta(hours=24))


def test_taking_a_super_like_back_does_not_give_it_back(ada, ben, settings):
    settings.MATCH_SUPER_LIKES_A_DAY = 1
    say(ada, ben, Verb.SUPER_LIKE)
    undo_last(actor=ada, now=NOW)
    with pytest.raises(LimitReachedError):
        say(ada, ben, Verb.SUPER_LIKE)


def test_likes_are_limited_and_passes_are_not(ada, settings):
    settings.MATCH_LIKES_A_DAY = 1
    people = [make_fitness(make_user(f"person_{n}")).user for n in range(3)]
    say(ada, people[0])
    with pytest.raises(LimitReachedError) as refused:
        say(ada, people[1])
    assert refused.value.code == "likes_spent"
    for person in people[1:]:
        say(ada, person, Verb.PASS)


def test_the_last_action_can_be_taken_back(ada, ben):
    say(ada, ben, Verb.PASS)
    undone = undo_last(actor=ada, now=NOW + timedelta(minutes=10))
    assert (undone.target, undone.undone_at) == (ben, NOW + timedelta(minutes=10))
    assert Event.objects.get(name="matching.action.undone").data == {
        "action_id": undone.pk,
        "actor_id": ada.pk,
        "target_id": ben.pk,
        "verb": "pass",
    }
    assert say(ada, ben, Verb.LIKE, now=NOW + timedelta(days=1)).action.verb == "like"


def test_only_the_last_action_can_be_taken_back(ada, ben):
    cara = make_fitness(make_user("cara")).user
    say(ada, ben)
    say(ada, cara, now=NOW + timedelta(minutes=1))
    assert undo_last(actor=ada, now=NOW + timedelta(minutes=2)).target == cara
    with pytest.raises(NothingToUndoError) as refused:
        undo_last(actor=ada, now=NOW + timedelta(minutes=2))
    assert (refused.value.status, refused.value.code) == (409, "nothing_to_undo")


def test_nothing_said_is_nothing_to_take_back(ada):
    with pytest.raises(NothingToUndoError):
        undo_last(actor=ada, now=NOW)


def test_an_old_action_stands(ada, ben):
    say(ada, ben)
    with pytest.raises(NothingToUndoError):
        undo_last(actor=ada, now=NOW + LATER)


def test_a_like_that_became_a_match_stands_for_both(ada, ben):
    say(ada, ben)
    say(ben, ada)
    for person in (ada, ben):
        with pytest.raises(NothingToUndoError):
            undo_last(actor=person, now=NOW)


def test_an_ended_match_is_not_made_again(ada, ben):
    say(ada, ben)
    match = say(ben, ada).match
    unmatch(user=ben, match_id=match.pk, now=NOW)
    with pytest.raises(User.DoesNotExist):
        say(ada, ben)
