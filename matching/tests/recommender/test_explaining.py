"""Reasons a friend would give, and nothing a friend would keep to themselves (N10, MAT-4)."""

from dataclasses import replace

import numpy as np
import pytest

from matching.recommender import history
from matching.recommender.base import Raise, Reason
from matching.recommender.rules import RuleRecommender
from matching.tests.recommender.crowd import WEIGHTS, candidate_of, viewer_of

TUE_THU = ((1, 13), (1, 14), (3, 13), (3, 14))


def explained(viewer, other):
    return RuleRecommender().explain(viewer, other, WEIGHTS, [0])[0]


def test_what_they_share_when_where_and_how_well():
    reasons = explained(viewer_of(None, *TUE_THU, (5, 18)), candidate_of(None, *TUE_THU)).reasons
    assert reasons == (
        Reason("times", {"sports": ("running",), "half": 13, "days": (1, 3)}),
        Reason("same_level", {"sports": ("running",)}),
        Reason("distance", {"band": 0}),
    )


def test_sports_without_common_times():
    reasons = explained(viewer_of({"running": 2, "yoga": 1}), candidate_of({"running": 3, "yoga": 2})).reasons
    assert reasons[:2] == (
        Reason("sports", {"sports": ("running", "yoga")}),
        Reason("near_level", {"sports": ("running", "yoga")}),
    )


def test_the_time_that_comes_on_most_days_is_named():
    slots = ((0, 36), (1, 13), (1, 14), (3, 13), (4, 36), (6, 36))
    times = explained(viewer_of(None, *slots), candidate_of(None, *slots)).reasons[0]
    assert times.values == {"sports": ("running",), "half": 36, "days": (0, 4, 6)}


def test_a_stretch_over_midnight_begins_once_a_day():
    slots = ((0, 47), (1, 0))
    times = explained(viewer_of(None, *slots), candidate_of(None, *slots)).reasons[0]
    assert times.values["half"] == 0


def test_somebody_with_nothing_in_common_is_only_somewhere():
    assert explained(viewer_of({"golf": 1}), candidate_of({"yoga": 1}, km=30.0)).reasons == (
        Reason("distance", {"band": 5}),
    )


@pytest.mark.parametrize(
    ("likes", "affinity", "expected"),
    [
        (4, 0.7, [Reason("liked", {"sport": "running", "part": "morning", "count": 4})]),
        (1, 0.7, []),
        (4, 0.4, []),
        (0, 0.9, []),
    ],
)
def test_what_was_liked_is_spoken_of_when_it_counts(likes, affinity, expected):
    other = candidate_of(None, *TUE_THU, history=affinity)
    liked = history.counts_of(other.skills, other.week) * likes
    reasons = explained(replace(viewer_of(None), liked=liked), other).reasons
    assert [reason for reason in reasons if reason.code == "liked"] == expected


def test_the_best_of_each_kind_would_raise_it():
    viewer = viewer_of({"running": 2}, *TUE_THU)
    other = candidate_of({"running": 2, "yoga": 2}, *TUE_THU, (3, 36), (3, 37), (4, 38))
    assert explained(viewer, other).raises == (
        Raise("add_sport", {"sport": "yoga"}, 8),
        Raise("add_times", {"day": 3, "part": "evening"}, 3),
    )


def test_a_perfect_pair_has_nothing_to_raise():
    slots = [(day, half) for day in range(7) for half in range(48)]
    assert explained(viewer_of(None, *slots), candidate_of(None, *slots)).raises == ()


def test_raises_are_of_their_own_row():
    near = candidate_of({"running": 2, "yoga": 2})
    far = candidate_of({"running": 2, "golf": 2}, pk=2)
    both = replace(near.take([0, 0]), ids=np.array([1, 2]), skills=np.concatenate([near.skills, far.skills]))
    found = RuleRecommender().explain(viewer_of({"running": 2}), both, WEIGHTS, [1, 0])
    assert [one.raises[0].values for one in found] == [{"sport": "golf"}, {"sport": "yoga"}]
