"""Each component moves the score as docs/scoring.md says (N6)."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.recommender import history
from matching.recommender.base import (
    COMPONENTS,
    SPORTS,
    Candidates,
    Interactions,
    Viewer,
    Weights,
    skills_row,
)
from matching.recommender.closeness import fits_of
from matching.recommender.learned import LearnedRecommender
from matching.recommender.points import WHOLE, best_first, points_of
from matching.recommender.popular import PopularRecommender
from matching.recommender.rules import RuleRecommender
from matching.tests.recommender import one_by_one
from matching.tests.recommender.crowd import WEIGHTS, candidate_of, crowd, viewer_in, viewer_of, week_row

EARLY = ((1, 13), (1, 14), (3, 13), (3, 14))

# Component, who looks, who is looked at, points of the component under 20/25/20/25/10.
TABLE = [
    ("level", viewer_of({"running": 2}), candidate_of({"running": 2}), 20),
    ("level", viewer_of({"running": 2}), candidate_of({"running": 3}), 10),
    ("level", viewer_of({"running": 1}), candidate_of({"running": 3}), 0),
    ("level", viewer_of({"running": 2, "yoga": 1}), candidate_of({"running": 2, "yoga": 2}), 15),
    ("level", viewer_of({"running": 2}), candidate_of({"yoga": 2}), 0),
    ("interests", viewer_of({"running": 2}), candidate_of({"running": 1}), 25),
    ("interests", viewer_of({"running": 2}), candidate_of({"yoga": 1}), 0),
    ("interests", viewer_of({"running": 2, "yoga": 2}), candidate_of({"running": 1, "golf": 1}), 12),
    ("interests", viewer_of({"running": 2}), candidate_of(dict.fromkeys(["running", "golf", "yoga", "judo"], 1)), 12),
    ("interests", viewer_of({}), candidate_of({}), 0),
    ("location", viewer_of(), candidate_of(km=0.0), 20),
    ("location", viewer_of(), candidate_of(km=1.99), 20),
    ("location", viewer_of(), candidate_of(km=2.0), 18),
    ("location", viewer_of(), candidate_of(km=5.0), 15),
    ("location", viewer_of(), candidate_of(km=10.0), 10),
    ("location", viewer_of(), candidate_of(km=15.0), 7),
    ("location", viewer_of(), candidate_of(km=30.0), 4),
    ("location", viewer_of(), candidate_of(km=70.0), 2),
    ("location", viewer_of(), candidate_of(km=75.0), 0),
    ("schedule", viewer_of(None, *EARLY), candidate_of(None, *EARLY), 12),
    ("schedule", viewer_of(None, *EARLY), candidate_of(None, EARLY[0]), 6),
    ("schedule", viewer_of(None, *EARLY), candidate_of(None, (5, 20)), 0),
    ("schedule", viewer_of(None, *EARLY), candidate_of(None), 0),
    ("schedule", viewer_of(None, *((0, h) for h in range(16))), candidate_of(None, *((0, h) for h in range(16))), 25),
    ("schedule", viewer_of(None, *((0, h) for h in range(40))), candidate_of(None, *((0, h) for h in range(40))), 25),
    ("history", viewer_of(), candidate_of(history=0.0), 0),
    ("history", viewer_of(), candidate_of(history=0.5), 5),
    ("history", viewer_of(), candidate_of(history=1.0), 10),
]


@pytest.mark.parametrize(("component", "viewer", "other", "points"), TABLE)
def test_each_component_moves_the_score_as_documented(component, viewer, other, points):
    scores = RuleRecommender().recommend(viewer, other, WEIGHTS, 1)
    index = COMPONENTS.index(component)
    # Alone, so that no remainder of another component speaks in.
    fit = int(fits_of(viewer.skills, viewer.week, other)[index, 0])
    assert fit * (20, 25, 20, 25, 10)[index] // WHOLE == points
    assert scores.components[0, index] - points in (0, 1)


@pytest.mark.parametrize("component", COMPONENTS)
def test_weight_of_a_component_decides_who_is_first(component):
    """Two people, each better in one thing: whoever has the weight wins."""
    viewer = viewer_of({"running": 1, "yoga": 2}, *EARLY)
    common = {"skills": {"running": 3, "golf": 1, "judo": 1}, "km": 30.0, "history": 0.2}
    strong = {
        "level": {"skills": {"running": 1, "golf": 1, "judo": 1}},
        "interests": {"skills": {"running": 3, "yoga": 2}},
        "location": {"km": 1.0},
        "schedule": {"slots": EARLY},
        "history": {"history": 0.9},
    }
    only = Weights(**{name: 100 if name == component else 0 for name in COMPONENTS})
    for other in set(COMPONENTS) - {component, "level" if component == "interests" else ""}:
        rows = [common | strong[name] for name in (component, other)]
        one, two = (
            candidate_of(row["skills"], *row.get("slots", ()), km=row["km"], history=row["history"]) for row in rows
        )
        first, second = (int(RuleRecommender().recommend(viewer, each, only, 1).total[0]) for each in (one, two))
        assert first > second, (component, other)


def skill_dicts():
    return st.dictionaries(st.sampled_from(range(SPORTS)), st.integers(1, 3), max_size=9)


@st.composite
def weights(draw):
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=4, max_size=4)))
    return Weights(*(high - low for low, high in itertools.pairwise([0, *cuts, 100])))


def row_of(skills: dict[int, int]) -> np.ndarray:
    row = np.zeros(SPORTS, dtype=np.uint8)
    row[list(skills)] = list(skills.values())
    return row


@settings(max_examples=150, deadline=None)
@given(
    one=skill_dicts(),
    other=skill_dicts(),
    weeks=st.tuples(st.binary(min_size=42, max_size=42), st.binary(min_size=42, max_size=42)),
    km=st.floats(0, 200, allow_nan=False),
    past=st.floats(0, 1, allow_nan=False),
    weights=weights(),
)
def test_arrays_say_what_one_by_one_says(one, other, weeks, km, past, weights):
    mine, theirs = (np.frombuffer(week, dtype=np.uint8) for week in weeks)
    viewer = Viewer(row_of(one), mine)
    single = Candidates(
        np.array([1]), row_of(other)[None], theirs[None], np.array([km]), np.array([past]), np.array([0.0])
    )
    scores = RuleRecommender().recommend(viewer, single, weights, 1)
    (them,) = one_by_one.people_of(single)
    assert (int(scores.total[0]), tuple(scores.components[0])) == one_by_one.score(
        one_by_one.person_of(viewer), them, weights
    )
    assert (scores.components[0] <= weights.as_array()).all()


def test_a_crowd_is_scored_and_sorted_as_one_by_one():
    people = crowd(500)
    viewer = viewer_in(people, 3)
    scores = RuleRecommender().recommend(viewer, people, WEIGHTS, 20)
    me = one_by_one.person_of(viewer)
    totals = [one_by_one.score(me, them, WEIGHTS)[0] for them in one_by_one.people_of(people)]
    assert scores.total.tolist() == totals
    assert scores.order.tolist() == one_by_one.best(totals, people.ids.tolist(), 20)


def test_missing_points_go_to_the_largest_remainders():
    # 33.4 + 33.3 + 33.3: the total is 100, the hundredth point goes to the first.
    fits = np.array([[10_000], [10_000], [10_000], [0], [0]])
    total, components = points_of(fits, np.array([34, 33, 33, 0, 0]))
    assert (total.tolist(), components.tolist()) == ([100], [[34, 33, 33, 0, 0]])
    total, components = points_of(np.full((5, 1), 5_000), np.array([19, 21, 19, 21, 20]))
    assert (total.tolist(), components.tolist()) == ([50], [[10, 11, 9, 10, 10]])


@pytest.mark.parametrize("limit", [0, 1, 3, 4, 10])
def test_the_best_are_found_without_sorting_all(limit):
    total, ids = np.array([5, 9, 9, 1]), np.array([4, 8, 2, 1])
    assert best_first(total, ids, limit).tolist() == [2, 1, 0, 3][:limit]


@pytest.mark.parametrize("values", [(50, 50, 0, 0, 1), (-1, 101, 0, 0, 0), (20.0, 20, 20, 20, 20), (0, 0, 0, 0, 0)])
def test_weights_that_are_not_a_hundred_are_refused(values):
    with pytest.raises(ValueError, match="100"):
        Weights(*values)


@pytest.mark.parametrize(
    "change",
    [
        {"skills": np.zeros((1, 3), dtype=np.uint8)},
        {"skills": np.full((1, SPORTS), 4, dtype=np.uint8)},
        {"skills": np.zeros((1, SPORTS))},
        {"week": np.zeros((1, 41), dtype=np.uint8)},
        {"distance_km": np.array([1, 2.0])},
        {"distance_km": np.array([np.inf])},
        {"history": np.array([1.01])},
        {"ids": np.array([1.0])},
    ],
)
def test_arrays_of_another_shape_are_refused(change):
    whole = candidate_of()
    columns = {name: getattr(whole, name) for name in whole.__dataclass_fields__}
    with pytest.raises(ValueError, match=next(iter(change))):
        Candidates(**(columns | change))


def test_counts_of_another_shape_are_refused():
    with pytest.raises(ValueError, match="liked"):
        Viewer(skills_row({}), week_row(), np.zeros((3, 3), dtype=np.int64))
    with pytest.raises(ValueError, match="liked"):
        Interactions(skills_row({})[None], week_row()[None], candidate_of(), np.array([1.0]))


# History


def liked_of(*people: Candidates) -> np.ndarray:
    return sum((history.counts_of(one.skills, one.week) for one in people), history.no_counts())


MORNING, EVENING = candidate_of(None, *EARLY), candidate_of(None, (2, 38))


@pytest.mark.parametrize(
    ("liked", "passed", "expected"),
    [(0, 0, 0.5), (1, 0, 0.625), (3, 0, 0.75), (27, 0, 0.95), (0, 3, 0.25), (4, 4, 0.5), (3, 1, 0.643)],
)
def test_one_like_says_little_and_many_say_much(liked, passed, expected):
    counts = [liked_of(*[MORNING] * number) for number in (liked, passed)]
    assert history.affinity(*counts, MORNING.skills, MORNING.week)[0] == pytest.approx(expected, abs=0.001)


def test_after_three_passes_on_evening_runners_they_fall_behind_morning_runners():
    nothing, passed = history.no_counts(), liked_of(*[EVENING] * 3)
    both = [history.affinity(nothing, passed, one.skills, one.week)[0] for one in (MORNING, EVENING)]
    assert both == [0.5, 0.25]


def test_people_without_times_are_a_kind_of_their_own():
    silent = candidate_of()
    assert history.parts_of(silent.week).tolist() == [[False, False, False, True]]
    assert history.affinity(liked_of(silent, silent), history.no_counts(), MORNING.skills, MORNING.week)[0] == 0.5


def test_taste_is_the_mean_over_all_that_somebody_is():
    mixed = candidate_of({"running": 2, "yoga": 1}, *EARLY)
    liked = liked_of(MORNING, MORNING, MORNING)
    assert history.affinity(liked, history.no_counts(), mixed.skills, mixed.week)[0] == pytest.approx(0.625)


@pytest.mark.parametrize(("half", "part"), [(0, 0), (21, 0), (22, 1), (33, 1), (34, 2), (47, 2)])
def test_parts_of_the_day(half, part):
    assert history.parts_of(week_row((6, half))[None])[0].nonzero()[0].tolist() == [part]


# Popular and learned


def test_popular_shows_the_nearest_and_then_whoever_was_here_last():
    people = Candidates(
        np.array([1, 2, 3, 4]),
        *(np.repeat(getattr(candidate_of(), name), 4, axis=0) for name in ("skills", "week")),
        np.array([30.0, 1.0, 1.0, 1.5]),
        np.full(4, 0.5),
        np.array([0.0, 9.0, 2.0, 4.0]),
    )
    assert people.ids[PopularRecommender().recommend(viewer_of(), people, WEIGHTS, 4).order].tolist() == [3, 4, 2, 1]


def test_learned_weights_move_toward_what_people_chose_by():
    people, others = crowd(800, 1), crowd(800, 2)
    liked = others.distance_km < 5
    model = LearnedRecommender()
    assert model.weights_for(WEIGHTS) == WEIGHTS
    model.fit(Interactions(people.skills, people.week, others, liked))
    learned = model.weights_for(WEIGHTS)
    assert learned.location > 60
    assert sum(learned.as_array()) == 100


def test_learned_keeps_the_weights_where_nothing_explains_the_choices():
    people = crowd(40, 1)
    model = LearnedRecommender()
    model.fit(Interactions(people.skills, people.week, crowd(40, 2), np.zeros(40, dtype=bool)))
    assert sum(model.weights_for(WEIGHTS).as_array()) == 100
