"""When somebody trains: a week of half hours on their own clocks, as bits.

336 bits in 42 bytes, Monday 00:00 first, most significant bit first, as `numpy.packbits` has it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

SLOTS_PER_DAY = 48
SLOTS = 7 * SLOTS_PER_DAY
BYTES = SLOTS // 8
EMPTY = bytes(BYTES)


@dataclass(frozen=True, order=True)
class Slot:
    """A half hour: `day` 0 is Monday, `half` 0 is midnight, 13 is 06:30. Raises ValueError outside the week."""

    day: int
    half: int

    def __post_init__(self) -> None:
        if not (0 <= self.day < 7 and 0 <= self.half < SLOTS_PER_DAY):
            raise ValueError("A week has 7 days of 48 half hours.")

    @property
    def index(self) -> int:
        return self.day * SLOTS_PER_DAY + self.half

    @property
    def time(self) -> str:
        return f"{self.half // 2:02d}:{self.half % 2 * 30:02d}"


def pack(slots: Iterable[Slot]) -> bytes:
    week = bytearray(BYTES)
    for slot in slots:
        week[slot.index // 8] |= 0x80 >> slot.index % 8
    return bytes(week)


def unpack(week: bytes) -> list[Slot]:
    """In order. Raises ValueError for what is not 42 bytes."""
    if len(week) != BYTES:
        raise ValueError("A week is 42 bytes.")
    taken = (place * 8 + bit for place, byte in enumerate(week) if byte for bit in range(8) if byte & 0x80 >> bit)
    return [Slot(*divmod(index, SLOTS_PER_DAY)) for index in taken]


def common(one: bytes, other: bytes) -> bytes:
    return bytes(a & b for a, b in zip(one, other, strict=True))
