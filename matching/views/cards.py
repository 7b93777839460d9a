"""Cards of people as the component `person-card` draws them."""

from dataclasses import dataclass
from typing import Any

from matching.enums import Component
from matching.models import FitnessProfile
from matching.selectors.deck import PersonCard
from matching.selectors.ranking import RankedPerson
from matching.selectors.weights import current_weights

# Of the ring's circumference of 100, between two segments.
GAP = 0.9


@dataclass(frozen=True)
class Segment:
    """One component: its arc on the ring, in hundredths of the way round, and its points of those it could have."""

    name: str
    label: str
    points: int
    most: int
    dash: str
    offset: str


def segments_of(components: dict[str, int]) -> list[Segment]:
    """In the order of the card; arcs begin at the top and together are as long as the score."""
    weights = current_weights()
    found, before = [], 0
    for component in Component:
        points = components[component.value]
        length = max(points - GAP, 0.0)
        found.append(
            Segment(
                name=component.value,
                label=str(component.label),
                points=points,
                most=int(getattr(weights, component.value)),
                dash=f"{length:.2f} {100 - length:.2f}",
                offset=f"{-before:d}",
            )
        )
        before += points
    return found


def card(shown: PersonCard) -> dict[str, Any]:
    ranked = shown.ranked
    return {
        "handle": shown.handle,
        "name": shown.name,
        "url": f"/@{shown.handle}",
        "avatar": shown.avatar,
        "verified": shown.is_verified,
        "sports": shown.shared,
        "likes_me": shown.likes_me,
        **match_of_two(ranked),
    }


def match_of_two(ranked: RankedPerson) -> dict[str, Any]:
    """What is said of a pair, without the person."""
    return {
        "score": ranked.score,
        "segments": segments_of(ranked.components),
        "reasons": ranked.reasons,
        "raises": ranked.raises,
        "distance": ranked.distance_band,
        "times": ranked.common_slots,
    }


def has_times(profile: FitnessProfile) -> bool:
    return any(bytes(profile.week))
