"""What every recommender of training partners is: arrays in, whole numbers and structured reasons out. No Django here.

Shapes: N candidates, M past pairs, 69 sports in the order of `sport_bits.ORDER`, 42 bytes of a week (`matching.week`),
5 components in the order of `COMPONENTS`, parts of the day in the order of `history.PARTS`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from matching.sport_bits import COLUMNS, ORDER, PER_COLUMN, POSITION
from matching.week import BYTES

COMPONENTS = ("level", "interests", "location", "schedule", "history")
SPORTS = len(ORDER)
MAX_SKILL = 3
# Morning, midday, evening, and those who did not say: see `recommender.history`.
DAY_PARTS = 4

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Weights:
    """Points that each component is worth. Raises ValueError unless they are whole, none below 0, and 100 in all."""

    level: int
    interests: int
    location: int
    schedule: int
    history: int

    def __post_init__(self) -> None:
        values = astuple(self)
        if any(not isinstance(value, int) or value < 0 for value in values) or sum(values) != 100:
            raise ValueError("Weights are whole numbers from 0 that make 100.")

    def __str__(self) -> str:
        return "/".join(map(str, astuple(self)))

    def as_array(self) -> Ints:
        return np.array(astuple(self), dtype=np.int64)


def skills_row(skills: Mapping[str, int]) -> Bytes:
    """One person's 69 skills, 0 for what they do not do. Sports that are not in the list say nothing."""
    row = np.zeros(SPORTS, dtype=np.uint8)
    for sport, skill in skills.items():
        if sport in POSITION:
            row[POSITION[sport]] = skill
    return row


def skills_of_bits(bits: Sequence[Sequence[int]]) -> Bytes:
    """N×69 skills of N×6 integers, in the order of `sport_bits.COLUMNS`."""
    packed = np.array(bits, dtype="<i8").reshape(len(bits), len(COLUMNS))
    single = np.unpackbits(packed.view(np.uint8).reshape(len(bits), len(COLUMNS), 8), axis=2, bitorder="little")
    done = np.concatenate([single[:, 0::2, :PER_COLUMN], single[:, 1::2, : SPORTS - PER_COLUMN]], axis=2)
    skills: Bytes = (done * np.arange(1, MAX_SKILL + 1, dtype=np.uint8)[:, None]).sum(axis=1, dtype=np.uint8)
    return skills


def _check_bytes(name: str, array: Bytes, shape: tuple[int, ...], most: int) -> None:
    if array.dtype != np.uint8 or array.shape != shape:
        raise ValueError(f"{name} has the shape {array.shape} of {array.dtype}, not {shape} of uint8.")
    if array.size and int(array.max()) > most:
        raise ValueError(f"{name} holds a number above {most}.")


def _check_floats(name: str, array: Floats, count: int, most: float) -> None:
    if array.dtype != np.float64 or array.shape != (count,):
        raise ValueError(f"{name} has the shape {array.shape} of {array.dtype}, not ({count},) of float64.")
    # What is no number compares as false: it is refused here as well.
    if array.size and not (float(array.min()) >= 0 and float(array.max()) <= most):
        raise ValueError(f"{name} holds a number outside 0 to {most}, or none at all.")


@dataclass(frozen=True)
class Viewer:
    """Who looks. `liked` counts, per sport and part of the day, the people they liked since they last reset it."""

    skills: Bytes
    week: Bytes
    liked: Ints = field(default_factory=lambda: np.zeros((SPORTS, DAY_PARTS), dtype=np.int64))

    def __post_init__(self) -> None:
        _check_bytes("skills", self.skills, (SPORTS,), MAX_SKILL)
        _check_bytes("week", self.week, (BYTES,), 255)
        if self.liked.shape != (SPORTS, DAY_PARTS):
            raise ValueError(f"liked has the shape {self.liked.shape}, not ({SPORTS}, {DAY_PARTS}).")


_FAR_KM = 40_100.0


@dataclass(frozen=True)
class Candidates:
    """Who may be shown; all arrays have N rows. Raises ValueError for other shapes, and for what is no number.

    `distance_km` is from cell to cell, never from point to point (MAT-5). `history` is 0 to 1, the viewer's own view:
    how much somebody is like those the viewer liked; 0.5 says nothing. `idle_days`: how long nobody saw them.
    """

    ids: Ints
    skills: Bytes
    week: Bytes
    distance_km: Floats
    history: Floats
    idle_days: Floats

    def __post_init__(self) -> None:
        count = len(self.ids)
        if self.ids.dtype != np.int64 or self.ids.shape != (count,):
            raise ValueError("ids is one row of int64.")
        _check_bytes("skills", self.skills, (count, SPORTS), MAX_SKILL)
        _check_bytes("week", self.week, (count, BYTES), 255)
        _check_floats("distance_km", self.distance_km, count, _FAR_KM)
        _check_floats("history", self.history, count, 1.0)
        _check_floats("idle_days", self.idle_days, count, float("inf"))

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: Ints | Sequence[int]) -> "Candidates":
        index = np.asarray(rows, dtype=np.int64)
        return Candidates(**{column.name: getattr(self, column.name)[index] for column in fields(self)})


@dataclass(frozen=True)
class Interactions:
    """What people said of each other: M pairs, the one who looked, the one who was looked at, and whether they liked.

    No column of it names a person, and none is about health, food or money (MAT-14).
    """

    viewer_skills: Bytes
    viewer_week: Bytes
    candidates: Candidates
    liked: NDArray[np.bool_]

    def __post_init__(self) -> None:
        count = len(self.candidates)
        _check_bytes("viewer_skills", self.viewer_skills, (count, SPORTS), MAX_SKILL)
        _check_bytes("viewer_week", self.viewer_week, (count, BYTES), 255)
        if self.liked.dtype != np.bool_ or self.liked.shape != (count,):
            raise ValueError(f"liked is {count} times true or false.")

    def __len__(self) -> int:
        return len(self.candidates)


@dataclass(frozen=True)
class Scores:
    """`components` (N×5) sum exactly to `total` (N, 0 to 100). `order`: rows, the best first, as many as asked for."""

    total: Ints
    components: Ints
    order: Ints


@dataclass(frozen=True)
class Reason:
    """Why, without a language: a code of `explaining` and what the sentence speaks of."""

    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Raise:
    """What the viewer could say of themselves that would raise the total of this pair, and by how many points."""

    code: str
    values: Mapping[str, Any]
    gain: int


@dataclass(frozen=True)
class Explanation:
    reasons: tuple[Reason, ...]
    raises: tuple[Raise, ...] = ()


class Recommender(ABC):
    """The same inputs and the same version give the same numbers (MAT-16). What holds of every one of them stands in
    `tests/recommender/test_behaviour.py`.

    Whose view: level, interests, location and schedule are the same from both sides; history is the viewer's (MAT-4).
    """

    name: ClassVar[str]

    @property
    @abstractmethod
    def version(self) -> str:
        """Changes whenever the same inputs may give other numbers."""

    @abstractmethod
    def fit(self, interactions: Interactions) -> None:
        """Learn from the past; without any, and for those that learn nothing, it is as it was."""

    @abstractmethod
    def recommend(self, viewer: Viewer, candidates: Candidates, weights: Weights, limit: int) -> Scores:
        """Scores of all, order of the best `limit`; ties go to the lower id."""

    @abstractmethod
    def explain(
        self, viewer: Viewer, candidates: Candidates, weights: Weights, rows: Ints | Sequence[int]
    ) -> list[Explanation]:
        """One for each of `rows`, in their order."""
