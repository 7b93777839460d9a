"""A hundred thousand people scored for one viewer, all at once against one by one.

python bench/scoring.py [--people 100000]

Both use the formulas of docs/scoring.md and must agree on every total and on the twenty that are shown; the twenty are
explained on both sides' behalf by the recommender itself, in the time of the arrays alone.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from matching.recommender.rules import RuleRecommender
from matching.tests.recommender import one_by_one
from matching.tests.recommender.crowd import WEIGHTS, crowd, viewer_in

SHOWN = 20
MIN_RATIO = 50
RUNS = 5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    count = parser.parse_args().people
    people = crowd(count)
    viewer = viewer_in(people)
    fast, scores, explained = _at_once(viewer, people)
    slow, totals, shown = _one_by_one(viewer, people)
    same = scores.total.tolist() == totals and scores.order.tolist() == shown
    print(f"people                        {count:>10,}")
    print(f"all at once, 20 explained     {fast * 1000:>10.1f} ms   best of {RUNS}")
    print(f"one by one, none explained    {slow * 1000:>10.1f} ms")
    print(f"ratio                         {slow / fast:>10.1f}      at least {MIN_RATIO}")
    print(f"the same totals and order     {'yes' if same else 'NO':>10}")
    return int(not same or len(explained) != SHOWN or slow / fast < MIN_RATIO)


def _at_once(viewer, people):
    """The best of some runs: the first pays for memory that the others reuse."""
    model, best = RuleRecommender(), float("inf")
    for _ in range(RUNS):
        began = time.perf_counter()
        scores = model.recommend(viewer, people, WEIGHTS, SHOWN)
        explained = model.explain(viewer, people, WEIGHTS, scores.order)
        best = min(best, time.perf_counter() - began)
    return best, scores, explained


def _one_by_one(viewer, people):
    """Rows are Python's own numbers before the clock starts."""
    me, them = one_by_one.person_of(viewer), one_by_one.people_of(people)
    ids = people.ids.tolist()
    began = time.perf_counter()
    totals = [one_by_one.score(me, person, WEIGHTS)[0] for person in them]
    shown = one_by_one.best(totals, ids, SHOWN)
    return time.perf_counter() - began, totals, shown


if __name__ == "__main__":
    sys.exit(main())
