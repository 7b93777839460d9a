from datetime import timedelta

import pytest

from matching.models import Impression
from matching.selectors.fairness import fairness_of, gini, tenths_of
from matching.tests.factories import NOW, make_fitness, make_user

DAY = NOW.date()


@pytest.mark.parametrize(
    ("counts", "expected"),
    [([], None), ([0, 0], None), ([5, 5, 5, 5], 0.0), ([0, 0, 0, 8], 0.75), ([1, 3], 0.25), ([1, 2, 3, 4], 0.25)],
)
def test_gini_of_known_distributions(counts, expected):
    assert gini(counts) == (None if expected is None else pytest.approx(expected))


def test_tenths_hold_everything_the_least_first():
    assert tenths_of([1] * 10) == [10.0] * 10
    assert tenths_of([100, *[0] * 9]) == [0.0] * 9 + [100.0]
    assert tenths_of([]) == []
    assert sum(tenths_of([3, 1, 4, 1, 5])) == pytest.approx(100)


@pytest.mark.django_db
def test_fairness_of_some_days(settings):
    settings.MATCH_EXPOSURE_CAP_A_DAY = settings.MATCH_NEWCOMER_IMPRESSIONS = 2
    ada, ben, cara = (make_fitness(make_user(name)).user for name in ("ada", "ben", "cara"))
    about = {"position": 1, "score": 50, "components": {}, "model": "rules", "shown_at": NOW}
    for viewer, shown, day in ((ada, cara, DAY), (ben, cara, DAY), (cara, ben, DAY), (ada, ben, DAY - timedelta(9))):
        Impression.objects.create(viewer=viewer, candidate=shown, day=day, **about)
    found = fairness_of(DAY - timedelta(1), DAY)
    assert (found.people, found.impressions, found.newcomers_waiting) == (3, 3, 1)
    assert found.gini == pytest.approx(4 / 9)
    assert found.at_cap == [(DAY - timedelta(1), 0), (DAY, 1)]
    assert found.most_shown == [("cara", 2), ("ben", 1)]
