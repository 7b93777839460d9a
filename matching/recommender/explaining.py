"""Reasons and ways up, as codes with what they speak of. Of the other person they use what their card shows anyway:
sports, levels, times, and the band of the distance; never an exact place, an opinion, or anything about health (MAT-4).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.recommender import history
from matching.recommender.base import Bytes, Candidates, Explanation, Ints, Raise, Reason, Viewer
from matching.recommender.closeness import bands
from matching.sport_bits import ORDER
from matching.week import unpack

TIMES, SPORTS, SAME_LEVEL, NEAR_LEVEL, DISTANCE, LIKED = (
    "times",
    "sports",
    "same_level",
    "near_level",
    "distance",
    "liked",
)
ADD_TIMES, ADD_SPORT = "add_times", "add_sport"
# Fewer of a kind are no pattern to speak of.
MIN_LIKED = 2


def reasons_for(viewer: Viewer, candidates: Candidates, row: int) -> tuple[Reason, ...]:
    """The strongest first."""
    skills, week = candidates.skills[row], candidates.week[row]
    band = int(bands(candidates.distance_km[row : row + 1])[0])
    found = [
        times_reason(viewer, skills, week),
        *_level_reasons(viewer.skills, skills),
        Reason(DISTANCE, {"band": band}),
        _liked_reason(viewer.liked, candidates, row),
    ]
    return tuple(reason for reason in found if reason)


def common_sports(one: Bytes, other: Bytes) -> list[str]:
    """Those they are closest in first."""
    both = np.flatnonzero((one > 0) & (other > 0))
    gaps = np.abs(one.view(np.int8) - other.view(np.int8))
    return [ORDER[int(index)] for index in sorted(both, key=lambda index: (gaps[index], index))]


def common_starts(one: Bytes, other: Bytes) -> dict[int, list[int]]:
    """Of each time of the day (half hour) at which a stretch in common begins, the days (0 is Monday)."""
    slots = unpack((one & other).tobytes())
    taken = {slot.index for slot in slots}
    starts: dict[int, list[int]] = {}
    for slot in slots:
        if slot.half == 0 or slot.index - 1 not in taken:
            starts.setdefault(slot.half, []).append(slot.day)
    return starts


def times_reason(viewer: Viewer, skills: Bytes, week: Bytes) -> Reason | None:
    sports = tuple(common_sports(viewer.skills, skills)[:2])
    starts = common_starts(viewer.week, week)
    if not starts:
        return Reason(SPORTS, {"sports": sports}) if sports else None
    half = min(starts, key=lambda half: (-len(starts[half]), half))
    return Reason(TIMES, {"sports": sports[:1], "half": half, "days": tuple(starts[half])})


def _level_reasons(one: Bytes, other: Bytes) -> list[Reason]:
    gaps = np.abs(one.view(np.int8) - other.view(np.int8))
    both = (one > 0) & (other > 0)
    for code, gap in ((SAME_LEVEL, 0), (NEAR_LEVEL, 1)):
        sports = [ORDER[int(index)] for index in np.flatnonzero(both & (gaps == gap))]
        if sports:
            return [Reason(code, {"sports": tuple(sports[:2])})]
    return []


def _liked_reason(liked: Ints, candidates: Candidates, row: int) -> Reason | None:
    """Only when it counts for them: what was passed outweighs, and is never spoken of."""
    if candidates.history[row] <= 0.5:
        return None
    kinds = np.outer(candidates.skills[row] > 0, history.parts_of(candidates.week[row : row + 1])[0])
    counts = liked * kinds
    sport, part = np.unravel_index(int(counts.argmax()), counts.shape)
    count = int(counts[sport, part])
    if count < MIN_LIKED:
        return None
    return Reason(LIKED, {"sport": ORDER[int(sport)], "part": history.PARTS[int(part)], "count": count})


@dataclass(frozen=True)
class _WhatIf:
    """The pair as it would be if the viewer said more of themselves."""

    row: int
    code: str
    values: Mapping[str, object]
    skills: Bytes
    week: Bytes


def _what_ifs(viewer: Viewer, candidates: Candidates, row: int) -> Iterator[_WhatIf]:
    """A part of a day at which the other trains, a sport that the other does."""
    skills, week = candidates.skills[row], candidates.week[row]
    for index in np.flatnonzero((history.DAY_PART_MASKS & week & ~viewer.week).any(axis=1)):
        day, part = divmod(int(index), history.UNSAID)
        more = viewer.week | (history.DAY_PART_MASKS[index] & week)
        yield _WhatIf(row, ADD_TIMES, {"day": day, "part": history.PARTS[part]}, viewer.skills, more)
    for index in np.flatnonzero((skills > 0) & (viewer.skills == 0)):
        more = viewer.skills.copy()
        more[index] = skills[index]
        yield _WhatIf(row, ADD_SPORT, {"sport": ORDER[int(index)]}, more, viewer.week)


# Totals of rows of viewers (skills, weeks) with as many candidates.
Totals = Callable[[Bytes, Bytes, Candidates], Ints]


def explanations(viewer: Viewer, candidates: Candidates, rows: Sequence[int], totals: Totals) -> list[Explanation]:
    raises = _raises(viewer, candidates, rows, totals)
    return [Explanation(reasons_for(viewer, candidates, row), raises[row]) for row in rows]


def _raises(
    viewer: Viewer, candidates: Candidates, rows: Sequence[int], totals: Totals
) -> dict[int, tuple[Raise, ...]]:
    """Every what-if of all rows is scored in one pass; the first of each row changes nothing, to compare with."""
    cases: list[_WhatIf] = []
    for row in rows:
        cases.append(_WhatIf(row, "", {}, viewer.skills, viewer.week))
        cases += _what_ifs(viewer, candidates, row)
    if not cases:
        return {}
    skills, weeks = np.stack([case.skills for case in cases]), np.stack([case.week for case in cases])
    scored = totals(skills, weeks, candidates.take([case.row for case in cases]))
    found: dict[int, list[Raise]] = {row: [] for row in rows}
    now = 0
    for case, total in zip(cases, scored.tolist(), strict=True):
        if not case.code:
            now = total
        found[case.row].append(Raise(case.code, case.values, total - now))
    return {row: _best(of_row) for row, of_row in found.items()}


def _best(raises: list[Raise]) -> tuple[Raise, ...]:
    """The best of each kind, none that gives nothing."""
    best: dict[str, Raise] = {}
    for one in raises:
        if one.gain > 0 and (one.code not in best or one.gain > best[one.code].gain):
            best[one.code] = one
    return tuple(sorted(best.values(), key=lambda one: -one.gain))
