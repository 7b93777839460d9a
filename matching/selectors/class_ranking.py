"""Classes for a person, or for two who want to go together, the best first (N7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from classes.enums import ClassFormat
from classes.models import Session, Studio
from classes.selectors.session_page import for_cards
from classes.selectors.timetable import upcoming
from fitfoodie.common.geo import near
from matching.recommender.points import WHOLE, points_of
from matching.selectors.class_fit import WEIGHTS, ClassFit, fit_of, reasons_for
from matching.selectors.trainees import Trainee, trainee_of

DAYS_AHEAD = 14
# So many classes are looked at, the next first.
MOST = 300
PAIR_SEATS = 2
# A class one level off suits; two do not.
SUITS = WHOLE // 2
_LEVEL = list(WEIGHTS).index("level")
_POINTS = np.array(list(WEIGHTS.values()), dtype=np.int64)


# A class, and how well it fits whoever looks.
Suiting = tuple[Session, ClassFit]


@dataclass(frozen=True)
class RankedClass:
    """`session` has what `classes.selectors.session_page.for_cards` selects. `components` add up to `score`; of a pair
    each is that of whom the class fits less."""

    session: Session
    score: int
    components: dict[str, int]
    reasons: list[str]
    is_full: bool
    clashes_with: str


def rank_classes(viewer: User, *, limit: int, now: datetime) -> list[RankedClass]:
    """Of the coming two weeks, without those the person is in. Full and clashing ones are marked, and come later.

    Who else goes is no part of it: the people in a class are for the people in it (CLS-18). Five queries at most.
    """
    person = trainee_of(viewer, now=now)
    found = [one for one in _coming(viewer, person, now) if not person.is_in(one.pk)]
    fits = [fit_of(session, person) for session in found]
    ranked = _ranked(found, [fit.fits for fit in fits], [reasons_for(*one) for one in zip(found, fits, strict=True)])
    clashes = {session.pk: fit.clash.title for session, fit in zip(found, fits, strict=True) if fit.clash}
    return [_with_clash(one, clashes.get(one.session.pk, "")) for one in ranked[:limit]]


def rank_classes_for_pair(one: User, other: User, *, limit: int, now: datetime) -> list[RankedClass]:
    """Classes for which both are free, at most one level off for each, with two seats. Reasons are of both together:
    what the other has booked, where they live or how good they are is not said. `one` is who looks."""
    mine = suiting(one, trainee_of(one, now=now), now=now)
    return rank_for_two(mine, trainee_of(other, now=now))[:limit]


def suiting(viewer: User, person: Trainee, *, now: datetime) -> list[Suiting]:
    """Classes with two seats that suit the viewer, `person` being them: what somebody may come along to. One query."""
    fits = ((session, fit_of(session, person)) for session in _coming(viewer, person, now))
    return [(one, fit) for one, fit in fits if one.seats_left >= PAIR_SEATS and _suits(one, person, fit)]


def rank_for_two(mine: Sequence[Suiting], other: Trainee) -> list[RankedClass]:
    """Of the classes that suit the viewer those that suit the other as well. No query."""
    found, fits, reasons = [], [], []
    for session, own in mine:
        theirs = fit_of(session, other)
        if _suits(session, other, theirs):
            found.append(session)
            fits.append(tuple(map(min, own.fits, theirs.fits)))
            reasons.append(_reasons_of_both(session, own, theirs))
    return _ranked(found, fits, reasons)


def _suits(session: Session, person: Trainee, fit: ClassFit) -> bool:
    return not person.is_in(session.pk) and fit.clash is None and fit.fits[_LEVEL] >= SUITS


def _reasons_of_both(session: Session, one: ClassFit, other: ClassFit) -> list[str]:
    reasons = []
    if set(one.common) & set(other.common):
        reasons.append(_("What you both do"))
    if one.in_week == 1 and other.in_week == 1:
        reasons.append(_("At a time when you both train"))
    if one.level_gap in (0, None) and other.level_gap in (0, None):
        reasons.append(_("The right level for both of you"))
    return [*reasons, _("%(seats)d seats are free") % {"seats": session.seats_left}]


def _coming(viewer: User, person: Trainee, now: datetime) -> list[Session]:
    sessions: Any = upcoming(now).filter(starts_at__lt=now + timedelta(days=DAYS_AHEAD))
    if person.place is not None:
        studios = near(Studio.objects.open_to_all(), person.place, person.radius_km).values("pk")
        sessions = sessions.filter(Q(studio__in=studios) | Q(format=ClassFormat.ONLINE))
    return list(for_cards(sessions, viewer).order_by("starts_at", "id")[:MOST])


def _ranked(
    found: Sequence[Session], fits: Sequence[tuple[int, ...]], reasons: Sequence[list[str]]
) -> list[RankedClass]:
    if not found:
        return []
    totals, components = points_of(np.array(fits, dtype=np.int64).T, _POINTS)
    ranked = [
        RankedClass(session, total, dict(zip(WEIGHTS, parts, strict=True)), why, session.seats_left == 0, "")
        for session, total, parts, why in zip(found, totals.tolist(), components.tolist(), reasons, strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.score, one.session.starts_at, one.session.pk))


def _with_clash(one: RankedClass, title: str) -> RankedClass:
    return RankedClass(one.session, one.score, one.components, one.reasons, one.is_full, title)
