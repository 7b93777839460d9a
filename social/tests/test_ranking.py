from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social.ranking.base import Candidate, Why
from social.ranking.simple import APART, SimpleRanker, score

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def candidate(item_id=1, actor_id=1, *, hours=0, is_followed=False, followed_by=0, likes=0):
    return Candidate(item_id, actor_id, NOW - timedelta(hours=hours), is_followed, followed_by, likes)


def ranked(*candidates):
    return [one.item_id for one in SimpleRanker().rank(candidates, now=NOW)]


@pytest.mark.parametrize(
    "better",
    [
        candidate(2, 2, hours=9),
        candidate(2, 2, hours=10, likes=3),
        candidate(2, 2, hours=10, is_followed=True),
        candidate(2, 2, hours=10, followed_by=2),
    ],
    ids=["fresher", "liked", "followed", "near"],
)
def test_what_counts_moves_it_up(better):
    assert ranked(candidate(1, 1, hours=10), better) == [2, 1]


def test_interest_halves_every_36_hours():
    assert score(candidate(likes=7, hours=36), now=NOW) == pytest.approx(score(candidate(likes=7), now=NOW) / 2)


def test_what_is_dated_ahead_gains_nothing():
    assert score(candidate(hours=-48), now=NOW) == score(candidate(), now=NOW)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (candidate(is_followed=True, followed_by=3, likes=99), Why.FOLLOWING),
        (candidate(followed_by=3, likes=99), Why.FOLLOWED_BY_FOLLOWED),
        (candidate(likes=5), Why.LIKED),
        (candidate(likes=4), Why.NEW),
    ],
)
def test_reason_is_the_nearest(one, expected):
    assert SimpleRanker().rank([one], now=NOW)[0].why == expected


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(0, 200), st.integers(0, 50)), max_size=40))
def test_everything_once_and_nobody_twice_within_five_while_there_are_others(rows):
    given_ones = [candidate(n, actor, hours=hours, likes=likes) for n, (actor, hours, likes) in enumerate(rows)]
    order = ranked(*given_ones)
    assert sorted(order) == [one.item_id for one in given_ones]
    actors = [given_ones[item_id].actor_id for item_id in order]
    for place in range(len(actors)):
        recent = actors[max(0, place - APART + 1) : place]
        if actors[place] in recent:
            assert set(actors[place:]) <= set(recent)
