"""Many at once, with real threads and real transactions on PostgreSQL (MAT-2, MAT-6)."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from accounts.models import User
from fitfoodie.common.errors import DomainError
from fitfoodie.common.tests.races import at_once
from fitfoodie.events.models import Event
from fitfoodie.notifications.models import Notification
from fitfoodie.notifications.tasks import tell
from matching.enums import Verb
from matching.errors import LimitReachedError
from matching.models import FitnessProfile, Match, MatchAction
from matching.services.actions import ActResult, act, undo_last
from matching.services.matches import mark_seen
from matching.tests.factories import NOW, make_fitness, make_user
from social.models import Block
from social.services.block import block_person

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite runs one writer at a time"),
]
REFUSALS = (DomainError, User.DoesNotExist)


def people(count):
    """Ready for the deck, address confirmed; made in few statements."""
    pattern = make_fitness(make_user("pattern"))
    users = User.objects.bulk_create(
        [User(handle=f"p{n}", name=f"P {n}", email=f"p{n}@example.test") for n in range(count)]
    )
    columns = {
        field.attname: getattr(pattern, field.attname)
        for field in FitnessProfile._meta.concrete_fields
        if field.attname not in ("id", "user_id")
    }
    FitnessProfile.objects.bulk_create([FitnessProfile(user=user, **columns) for user in users])
    pattern.user.profile.__class__.objects.bulk_create([pattern.user.profile.__class__(user=user) for user in users])
    confirmed = pattern.user.emailaddress_set.model
    confirmed.objects.bulk_create([confirmed(user=u, email=u.email, primary=True, verified=True) for u in users])
    return users


def like(actor, target, verb=Verb.LIKE):
    return partial(act, actor=actor, target_id=target.pk, verb=verb, now=NOW)


def test_two_hundred_pairs_that_like_at_once_are_two_hundred_matches():
    users = people(400)
    pairs = list(zip(users[::2], users[1::2], strict=True))
    results = at_once([call for one, other in pairs for call in (like(one, other), like(other, one))])
    assert [result for result in results if not isinstance(result, ActResult)] == []
    assert sum(result.is_mutual for result in results) >= 200
    assert (Match.objects.count(), MatchAction.objects.count()) == (200, 400)
    assert Match.objects.filter(low_seen_at=None, high_seen_at=None).count() == 200
    told = Event.objects.filter(name="matching.match.made").values_list("data", flat=True)
    assert sorted((data["low_id"], data["high_id"]) for data in told) == [(a.pk, b.pk) for a, b in pairs]
    # Dispatched when each was made, and all at once again as a sweep after a crash would: still one for each person.
    facts = list(Event.objects.filter(name="matching.match.made").values_list("pk", flat=True))
    at_once([partial(tell, event_id=pk) for pk in facts])
    notices = list(Notification.objects.filter(kind="matching.matched").values_list("user_id", "actor_id"))
    assert len(notices) == 400
    assert dict(notices) == {one: other for a, b in pairs for one, other in ((a.pk, b.pk), (b.pk, a.pk))}


def test_one_pair_pressing_ten_times_each_is_one_match():
    ada, ben = people(2)
    results = at_once([like(ada, ben), like(ben, ada)] * 10)
    assert all(isinstance(result, ActResult) for result in results)
    assert (Match.objects.count(), MatchAction.objects.count()) == (1, 2)
    assert Event.objects.filter(name="matching.match.made").count() == 1


def test_two_super_likes_left_and_ten_calls_at_once_are_two(settings):
    settings.MATCH_SUPER_LIKES_A_DAY = 5
    ada, *others = people(14)
    for other in others[:3]:
        like(ada, other, Verb.SUPER_LIKE)()
    results = at_once([like(ada, other, Verb.SUPER_LIKE) for other in others[3:]])
    assert sum(isinstance(result, ActResult) for result in results) == 2
    assert sum(isinstance(result, LimitReachedError) for result in results) == 8
    assert MatchAction.objects.filter(actor=ada, verb=Verb.SUPER_LIKE).count() == 5


def test_likes_in_a_circle_wait_for_nobody_forever():
    ada, ben, sam = people(3)
    pairs = [(ada, ben), (ben, sam), (sam, ada), (ben, ada), (sam, ben), (ada, sam)]
    at_once([like(*pair) for pair in pairs] * 3)
    assert (Match.objects.count(), MatchAction.objects.count()) == (3, 6)


def test_no_match_of_a_block_goes_on():
    ada, ben = people(2)
    block = partial(block_person, blocker=ben, person_id=ada.pk, now=NOW)
    results = at_once([like(ada, ben)] * 3 + [block, like(ben, ada)] + [like(ada, ben)] * 3, refusals=REFUSALS)
    assert Block.objects.count() == 1
    assert Match.objects.filter(ended_at=None).count() == 0
    assert isinstance(at_once([like(ada, ben)], refusals=REFUSALS)[0], User.DoesNotExist)
    assert results


def test_an_undo_and_the_like_of_the_other_never_both_win():
    ada, ben = people(2)
    like(ada, ben)()
    undo = partial(undo_last, actor=ada, now=NOW + timedelta(minutes=1))
    undone, liked = at_once([undo, like(ben, ada)])
    assert isinstance(undone, MatchAction) is not liked.is_mutual
    assert Match.objects.count() == int(liked.is_mutual)


def test_of_two_tabs_one_is_told():
    ada, ben = people(2)
    like(ada, ben)()
    match = like(ben, ada)().match
    seen = at_once([partial(mark_seen, user=ada, match_ids=[match.pk], now=NOW)] * 8)
    assert sorted(seen) == [[]] * 7 + [[match.pk]]
