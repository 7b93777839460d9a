"""Classes in the form the components draw."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.sports import Sport
from classes.enums import RsvpStatus, SessionStatus
from classes.models import Session
from classes.selectors.my_seats import MySeat, my_seats
from classes.selectors.ratings import MIN_SHOWN
from classes.selectors.session_page import for_cards
from classes.selectors.timetable import Sessions
from fitfoodie.common.money import in_words
from meals.views.cards import person


def cards(sessions: Iterable[Session], viewer: Any, *, now: datetime) -> list[dict[str, Any]]:
    """One query more, for the viewer's own seats. The sessions come from `for_cards`."""
    found = list(sessions)
    mine = my_seats(viewer, [session.pk for session in found])
    return [card(session, viewer, mine.get(session.pk), now=now) for session in found]


def cards_of(sessions: Sessions, viewer: Any, *, now: datetime, limit: int) -> list[dict[str, Any]]:
    """The next of them, for the sections of other pages: two queries."""
    return cards(for_cards(sessions, viewer).order_by("starts_at", "id")[:limit], viewer, now=now)


def card(session: Session, viewer: Any, mine: MySeat | None, *, now: datetime) -> dict[str, Any]:
    zone = ZoneInfo(session.time_zone)
    # Without their zone: templates would move them to the clocks of whoever reads.
    starts, ends = (at.astimezone(zone).replace(tzinfo=None) for at in (session.starts_at, session.ends_at))
    return {
        "title": session.title,
        "url": session.get_absolute_url(),
        "day": starts.date(),
        "starts": starts,
        "ends": ends,
        "minutes": round((session.ends_at - session.starts_at).total_seconds() / 60),
        "for_viewer": for_viewer(session, viewer),
        "studio": {"name": session.studio.name, "city": session.studio.city, "url": studio_url(session)},
        "instructor": _instructor(session),
        "distance": distance(getattr(session, "distance_km", None)),
        "level": session.get_level_display(),
        "price": in_words(session.price, session.chain.currency) if session.price else None,
        "rating": rating(session),
        "mine": my_state(mine),
        **state(session, now),
    }


def _instructor(session: Session) -> dict[str, Any] | None:
    """None too when the viewer may not meet them, or nobody asked."""
    is_shown = session.instructor is not None and getattr(session, "is_instructor_shown", False)
    return person(session.instructor) if is_shown else None  # type: ignore[arg-type]  # not None here


def state(session: Session, now: datetime) -> dict[str, Any]:
    """How full it is, in figures for a bar and in words beside it."""
    is_cancelled, is_over = session.status == SessionStatus.CANCELLED, session.ends_at <= now
    is_full = session.seats_left == 0
    return {
        "is_cancelled": is_cancelled,
        "is_over": is_over,
        "is_running": session.starts_at <= now < session.ends_at,
        "is_full": is_full,
        "is_low": 0 < session.seats_left <= 3,
        "taken": min(session.taken, session.capacity),
        "capacity": session.capacity,
        "seats": _seats(session),
    }


def _seats(session: Session) -> str:
    if session.waitlisted:
        waiting = ngettext("Full, %(count)d waits", "Full, %(count)d wait", session.waitlisted)
        return waiting % {"count": session.waitlisted}
    if not session.seats_left:
        return _("Full: join the waitlist")
    left = session.seats_left
    return ngettext("%(count)d seat left", "%(count)d seats left", left) % {"count": left}


def for_viewer(session: Session, viewer: Any) -> str:
    """The time on the viewer's own clocks, when they show another one (CLS-12)."""
    if viewer.pk is None:
        return ""
    zone = timezone.get_current_timezone()
    there = session.starts_at.astimezone(ZoneInfo(session.time_zone))
    here = session.starts_at.astimezone(zone)
    if there.utcoffset() == here.utcoffset():
        return ""
    time = date_format(here, "TIME_FORMAT", use_l10n=True)
    if here.date() != there.date():
        time = f"{date_format(here, 'D')} {time}"
    return _("%(time)s for you") % {"time": time}


def distance(km: float | None) -> str:
    if km is None:
        return ""
    return _("%(metres)d m") % {"metres": round(km * 10) * 100} if km < 0.95 else _km(km)


def _km(km: float) -> str:
    return _("%(km)s km") % {"km": f"{km:.1f}" if km < 10 else f"{km:.0f}"}


def rating(session: Session) -> dict[str, Any] | None:
    return stars_of(session.class_type)


def stars_of(sums: Any) -> dict[str, Any] | None:
    """Of whatever carries the derived columns; None below three ratings, and where nobody was rated yet."""
    if sums is None or sums.rating_count < MIN_SHOWN:
        return None
    return {"average": sums.rating_average, "count": sums.rating_count}


def my_state(mine: MySeat | None) -> dict[str, str] | None:
    """Words and the kind of chip."""
    if mine is None:
        return None
    if mine.status == RsvpStatus.WAITLISTED:
        return {"label": _("You are number %(position)d in line") % {"position": mine.position}, "kind": "warm"}
    if mine.status == RsvpStatus.OFFERED:
        return {"label": _("A seat is yours to take"), "kind": "warm"}
    if mine.status == RsvpStatus.HELD:
        return {"label": _("Pay to keep your seat"), "kind": "warm"}
    if mine.status == RsvpStatus.ATTENDED:
        return {"label": _("You were there"), "kind": "go"}
    return {"label": _("You are in"), "kind": "go"} if mine.status == RsvpStatus.CONFIRMED else None


def studio_url(session: Session) -> str:
    return reverse("classes:studio", kwargs={"chain": session.chain.slug, "studio": session.studio.slug})


def sport_labels(values: Iterable[str]) -> list[str]:
    return [str(Sport(value).label) for value in values if value in Sport.values]
