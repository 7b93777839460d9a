"""How well a class fits a person, in six whole numbers, and why in words (N7). Formulas in docs/scoring.md."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classes.enums import ClassFormat, ClassLevel
from classes.models import Session
from fitfoodie.common.geo import Point, distance_km
from matching.recommender.closeness import BAND_FITS, BAND_LIMITS, band_of
from matching.recommender.points import WHOLE
from matching.selectors.slots import halves_between
from matching.selectors.trainees import Busy, Trainee
from matching.selectors.words import listed, sport_word
from matching.week import SLOTS

# Points that each part is worth; 100 in all.
WEIGHTS = {"interests": 30, "level": 20, "location": 15, "schedule": 20, "rating": 10, "seats": 5}
HALF = WHOLE // 2
SKILL_OF_LEVEL = {ClassLevel.BEGINNER.value: 1, ClassLevel.INTERMEDIATE.value: 2, ClassLevel.ADVANCED.value: 3}
# An average of fewer is no average (CLS-16), and below this it is no reason to go.
RATINGS_SHOWN = 3
GOOD_RATING = 4.3
FEW_SEATS = 3


@dataclass(frozen=True)
class ClassFit:
    """`fits` are ten-thousandths in the order of `WEIGHTS`. `level_gap` is signed: above 0 the class is harder."""

    fits: tuple[int, ...]
    common: tuple[str, ...]
    level_gap: int | None
    band: int | None
    is_online: bool
    in_week: float | None
    clash: Busy | None


def fit_of(session: Session, person: Trainee) -> ClassFit:
    common = tuple(sport for sport in session.interests if sport in person.skills)
    gap = _level_gap(session, person, common)
    is_online = session.format == ClassFormat.ONLINE
    band = None if is_online else _band(session, person)
    clash = person.clash(session.pk, session.starts_at, session.ends_at)
    in_week = _share_in_week(session, person)
    fits = (
        _interests(session, common),
        WHOLE if gap is None else max(WHOLE - HALF * abs(gap), 0),
        _location(band, is_online=is_online),
        _schedule(in_week, clash),
        _rating(session),
        WHOLE if session.seats_left else 0,
    )
    return ClassFit(fits, common, gap, band, is_online, in_week, clash)


def _interests(session: Session, common: tuple[str, ...]) -> int:
    """The share of what the class is about that the person does; half for a class that says nothing."""
    return WHOLE * len(common) // len(session.interests) if session.interests else HALF


def _level_gap(session: Session, person: Trainee, common: tuple[str, ...]) -> int | None:
    """By the sport the person is best at of those of the class; who does none of them begins. None: for all levels."""
    wanted = SKILL_OF_LEVEL.get(session.level)
    return None if wanted is None else wanted - max((person.skills[sport] for sport in common), default=1)


def _band(session: Session, person: Trainee) -> int | None:
    latitude, longitude = session.studio.latitude, session.studio.longitude
    if person.place is None or latitude is None or longitude is None:
        return None
    return band_of(distance_km(person.place, Point(latitude, longitude)))


def _location(band: int | None, *, is_online: bool) -> int:
    if is_online:
        return WHOLE
    return HALF if band is None else BAND_FITS[band]


def _share_in_week(session: Session, person: Trainee) -> float | None:
    """Of the half hours of the class, how many are among the person's; None when they gave no times."""
    if not any(person.week):
        return None
    halves = halves_between(session.starts_at, session.ends_at, person.zone)
    return sum(bool(person.week[half % SLOTS // 8] & 0x80 >> half % 8) for half in halves) / len(halves)


def _schedule(in_week: float | None, clash: Busy | None) -> int:
    if clash:
        return 0
    return HALF if in_week is None else math.floor(WHOLE * in_week)


def _rating(session: Session) -> int:
    """The Bayesian average of the class type, from 1 star to 5; half while nobody rated it."""
    bayes = session.class_type.rating_bayes
    return HALF if bayes is None else min(max(math.floor(WHOLE * (bayes - 1) / 4), 0), WHOLE)


# Words

Why = Callable[[Session, ClassFit], str]


def reasons_for(session: Session, fit: ClassFit) -> list[str]:
    found = (why(session, fit) for why in (_sports_why, _times_why, _level_why, _place_why, _rating_why, _seats_why))
    return [one for one in found if one]


def _sports_why(session: Session, fit: ClassFit) -> str:
    if not fit.common:
        return ""
    return _("You do %(sports)s") % {"sports": listed(map(sport_word, fit.common[:2]))}


def _times_why(session: Session, fit: ClassFit) -> str:
    if fit.clash:
        return _("Clashes with your class %(title)s") % {"title": fit.clash.title}
    return _("At a time when you train") if fit.in_week == 1 else ""


def _level_why(session: Session, fit: ClassFit) -> str:
    if fit.level_gap is not None and not fit.common:
        return ""
    words: dict[Any, str] = {
        0: _("At your level"),
        1: _("A level above yours"),
        -1: _("A level below yours"),
        None: _("For all levels"),
    }
    return words.get(fit.level_gap, "")


def _place_why(session: Session, fit: ClassFit) -> str:
    if fit.is_online:
        return _("Online: you can join from home")
    if fit.band is None or fit.band == len(BAND_LIMITS):
        return ""
    return _("Less than %(km)s km away") % {"km": f"{BAND_LIMITS[fit.band]:g}"}


def _rating_why(session: Session, fit: ClassFit) -> str:
    kind = session.class_type
    if kind.rating_count < RATINGS_SHOWN or (kind.rating_average or 0) < GOOD_RATING:
        return ""
    return _("Rated %(stars)s of 5") % {"stars": f"{kind.rating_average:.1f}"}


def _seats_why(session: Session, fit: ClassFit) -> str:
    left = session.seats_left
    if not left:
        return _("Full: you can join the waitlist")
    if left > FEW_SEATS:
        return ""
    return ngettext("Only %(count)d seat left", "Only %(count)d seats left", left) % {"count": left}
