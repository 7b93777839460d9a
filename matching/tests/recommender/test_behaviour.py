"""What holds of every recommender; a new one is added to `MAKERS` and is held to it from then on."""

from dataclasses import fields, replace

import numpy as np
import pytest

from matching.enums import Component
from matching.recommender.base import COMPONENTS, MAX_SKILL, Candidates, Interactions, Viewer, Weights, skills_row
from matching.recommender.learned import LearnedRecommender
from matching.recommender.popular import PopularRecommender
from matching.recommender.rules import RuleRecommender
from matching.tests.recommender.crowd import WEIGHTS, candidate_of, crowd, nobody, viewer_in, viewer_of

COUNT = 200


def pairs(count: int = 400, seed: int = 3) -> Interactions:
    """People who like those who are near and free when they are."""
    people, others = crowd(count, seed), crowd(count, seed + 1)
    scores = RuleRecommender().recommend(viewer_in(people), others, Weights(0, 0, 60, 40, 0), count)
    return Interactions(people.skills, people.week, others, scores.total > np.median(scores.total))


def trained() -> LearnedRecommender:
    model = LearnedRecommender()
    model.fit(pairs())
    return model


MAKERS = {
    "rules": RuleRecommender,
    "popular": PopularRecommender,
    "learned": trained,
    "learned of nothing": LearnedRecommender,
}


@pytest.fixture(params=MAKERS, scope="module")
def make(request):
    return MAKERS[request.param]


@pytest.fixture
def model(make):
    return make()


@pytest.fixture(scope="module")
def people() -> Candidates:
    return crowd(COUNT)


def test_components_are_named_as_the_api_names_them():
    assert tuple(Component.values) == COMPONENTS


def test_has_a_name_and_a_version(model):
    assert model.name
    assert model.version


def test_same_inputs_give_the_same_scores(make, people):
    viewer = viewer_in(people)
    one, other = (make().recommend(viewer, people, WEIGHTS, 20) for _ in range(2))
    for column in fields(one):
        np.testing.assert_array_equal(getattr(one, column.name), getattr(other, column.name))


def test_scores_do_not_depend_on_who_else_there_is_or_in_which_order(model, people):
    viewer = viewer_in(people)
    shuffled = np.random.default_rng(1).permutation(COUNT)
    straight = model.recommend(viewer, people, WEIGHTS, 20)
    mixed = model.recommend(viewer, people.take(shuffled), WEIGHTS, 20)
    np.testing.assert_array_equal(mixed.total, straight.total[shuffled])
    np.testing.assert_array_equal(mixed.components, straight.components[shuffled])
    np.testing.assert_array_equal(people.ids[shuffled][mixed.order], people.ids[straight.order])


@pytest.mark.parametrize(
    "weights", [WEIGHTS, Weights(100, 0, 0, 0, 0), Weights(0, 33, 33, 34, 0), Weights(1, 1, 1, 1, 96)], ids=str
)
def test_components_are_whole_and_sum_to_the_total(model, people, weights):
    scores = model.recommend(viewer_in(people), people, weights, COUNT)
    assert scores.components.shape == (COUNT, len(COMPONENTS))
    assert scores.components.dtype == scores.total.dtype == np.int64
    np.testing.assert_array_equal(scores.components.sum(axis=1), scores.total)
    assert scores.total.min() >= 0
    assert scores.total.max() <= 100
    assert scores.components.min() >= 0


def test_best_come_first_as_many_as_were_asked_for(model, people):
    scores = model.recommend(viewer_in(people), people, WEIGHTS, 20)
    assert len(scores.order) == 20
    chosen = scores.total[scores.order]
    assert (np.diff(chosen) <= 0).all()
    assert chosen[-1] >= np.delete(scores.total, scores.order).max()


def test_ties_go_to_the_lower_id(model):
    twins = candidate_of().take([0, 0, 0])
    twins = replace(twins, ids=np.array([30, 10, 20]))
    scores = model.recommend(viewer_of(), twins, WEIGHTS, 2)
    assert twins.ids[scores.order].tolist() == [10, 20]


@pytest.mark.parametrize("limit", [0, 1, 5])
def test_nobody_to_recommend(model, limit):
    scores = model.recommend(viewer_of(), nobody(), WEIGHTS, limit)
    assert (scores.total.shape, scores.components.shape, scores.order.shape) == ((0,), (0, 5), (0,))
    assert model.explain(viewer_of(), nobody(), WEIGHTS, []) == []


def test_one_candidate(model):
    scores = model.recommend(viewer_of(), candidate_of(), WEIGHTS, 20)
    assert scores.order.tolist() == [0]
    assert len(model.explain(viewer_of(), candidate_of(), WEIGHTS, [0])) == 1


def test_limit_of_none_still_scores_everybody(model, people):
    scores = model.recommend(viewer_in(people), people, WEIGHTS, 0)
    assert len(scores.total) == COUNT
    assert scores.order.tolist() == []


@pytest.mark.parametrize("column", ["distance_km", "history", "idle_days"])
def test_what_is_no_number_is_refused(column):
    with pytest.raises(ValueError, match=column):
        replace(candidate_of(), **{column: np.array([np.nan])})
    with pytest.raises(ValueError, match=column):
        replace(candidate_of(), **{column: np.array([-0.1])})


def test_sports_nobody_knows_say_nothing(model):
    plain, more = candidate_of({"running": 2}), candidate_of({"running": 2, "quidditch": 3})
    one, other = (model.recommend(viewer_of(), each, WEIGHTS, 1) for each in (plain, more))
    np.testing.assert_array_equal(one.components, other.components)
    assert not skills_row({"quidditch": 3}).any()


def test_somebody_who_said_nothing_is_scored(model):
    scores = model.recommend(viewer_of({}), candidate_of({}), WEIGHTS, 1)
    assert 0 <= scores.total[0] <= 100


def better(people: Candidates, viewer: Viewer) -> dict[str, Candidates]:
    """Each candidate with one thing better, named by the component it is about."""
    chance = np.random.default_rng(11)
    both = (people.skills > 0) & (viewer.skills > 0)
    nearer = people.skills.astype(int) + np.sign(viewer.skills.astype(int) - people.skills) * both
    level = nearer.clip(0, MAX_SKILL).astype(np.uint8)
    missing = (people.skills == 0) & (viewer.skills > 0) & (chance.random(people.skills.shape) < 0.5)
    more_time = people.week | (viewer.week & chance.integers(0, 256, people.week.shape).astype(np.uint8))
    return {
        "level": replace(people, skills=level),
        "interests": replace(people, skills=np.where(missing, viewer.skills, people.skills)),
        "location": replace(people, distance_km=people.distance_km * chance.random(COUNT)),
        "schedule": replace(people, week=more_time),
        "history": replace(people, history=people.history + (1 - people.history) * chance.random(COUNT)),
    }


@pytest.mark.parametrize("component", COMPONENTS)
def test_what_fits_better_never_lowers_its_component(model, people, component):
    viewer = viewer_in(people)
    improved = better(people, viewer)[component]
    before = model.recommend(viewer, people, WEIGHTS, COUNT)
    after = model.recommend(viewer, improved, WEIGHTS, COUNT)
    index = COMPONENTS.index(component)
    assert (after.components[:, index] >= before.components[:, index]).all()
    # A sport more is also one level more to be apart in; all else leaves the other components as they fitted.
    if component != "interests":
        assert (after.total >= before.total).all()


def test_four_components_are_the_same_from_both_sides(model, people):
    """MAT-4: what differs by who looks is history alone."""
    flat = replace(people, history=np.full(COUNT, 0.5), idle_days=np.zeros(COUNT))
    one, other = viewer_in(flat, 0), viewer_in(flat, 1)
    forth = model.recommend(one, flat.take([1]), WEIGHTS, 1)
    back = model.recommend(other, replace(flat.take([0]), distance_km=flat.distance_km[[1]]), WEIGHTS, 1)
    np.testing.assert_array_equal(forth.components, back.components)


def test_reasons_are_codes_with_plain_values(model, people):
    viewer = viewer_in(people)
    order = model.recommend(viewer, people, WEIGHTS, 20).order
    explained = model.explain(viewer, people, WEIGHTS, order)
    assert len(explained) == 20
    for one in explained:
        assert one.reasons
        values = [value for reason in (*one.reasons, *one.raises) for value in reason.values.values()]
        assert all(isinstance(value, int | str | tuple) for value in values)


def test_what_would_raise_a_score_raises_it_by_as_much(model):
    viewer = viewer_of({"running": 2}, (1, 13), (1, 14))
    other = candidate_of({"running": 2, "yoga": 1}, (1, 13), (3, 36), (3, 37), (3, 38))
    now = int(model.recommend(viewer, other, WEIGHTS, 1).total[0])
    for one in model.explain(viewer, other, WEIGHTS, [0])[0].raises:
        changed = {
            "add_times": replace(viewer, week=viewer.week | other.week[0]),
            "add_sport": replace(viewer, skills=np.maximum(viewer.skills, other.skills[0])),
        }[one.code]
        assert int(model.recommend(changed, other, WEIGHTS, 1).total[0]) == now + one.gain


def test_learning_twice_is_learning_once_and_the_order_does_not_matter(make):
    past = pairs()
    mixed = np.random.default_rng(5).permutation(len(past))
    again = Interactions(
        past.viewer_skills[mixed], past.viewer_week[mixed], past.candidates.take(mixed), past.liked[mixed]
    )
    one, other = make(), make()
    one.fit(past)
    other.fit(again)
    other.fit(again)
    people = crowd(50)
    np.testing.assert_array_equal(
        one.recommend(viewer_in(people), people, WEIGHTS, 50).components,
        other.recommend(viewer_in(people), people, WEIGHTS, 50).components,
    )
    assert one.version == other.version


def test_learning_from_nothing_is_no_mistake(make):
    model = make()
    past = pairs(4)
    model.fit(Interactions(past.viewer_skills[:0], past.viewer_week[:0], past.candidates.take([]), past.liked[:0]))
    assert model.recommend(viewer_of(), candidate_of(), WEIGHTS, 1).order.tolist() == [0]
