from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StaffRole(models.TextChoices):
    """What somebody does for one chain; elsewhere the same person is a member like any other (TEN-2)."""

    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    INSTRUCTOR = "instructor", _("Instructor")
    DESK = "desk", _("Front desk")


class ClassFormat(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")


class ClassLevel(models.TextChoices):
    ALL = "all", _("All levels")
    BEGINNER = "beginner", _("Beginner")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")


class Intensity(models.TextChoices):
    EASY = "easy", _("Easy")
    MODERATE = "moderate", _("Moderate")
    HARD = "hard", _("Hard")


class OnDay(models.TextChoices):
    """Days as people ask for them, on the studio's calendar."""

    TODAY = "today", _("Today")
    TOMORROW = "tomorrow", _("Tomorrow")
    WEEKEND = "weekend", _("At the weekend")
    MONDAY = "mon", _("Monday")
    TUESDAY = "tue", _("Tuesday")
    WEDNESDAY = "wed", _("Wednesday")
    THURSDAY = "thu", _("Thursday")
    FRIDAY = "fri", _("Friday")
    SATURDAY = "sat", _("Saturday")
    SUNDAY = "sun", _("Sunday")


class DayPart(models.TextChoices):
    """When a class begins, on the studio's clocks; the hours are in `selectors.timetable`."""

    MORNING = "morning", _("In the morning")
    NOON = "noon", _("At noon")
    AFTERNOON = "afternoon", _("In the afternoon")
    EVENING = "evening", _("In the evening")


class SessionStatus(models.TextChoices):
    """Whether it is past is a matter of the clock, not of a status."""

    SCHEDULED = "scheduled", _("Scheduled")
    CANCELLED = "cancelled", pgettext_lazy("class", "Cancelled")


class RsvpStatus(models.TextChoices):
    """N32. A row is one try to get in: who leaves and comes again has a second one, at the end of the line (CLS-4)."""

    WAITLISTED = "waitlisted", _("On the waitlist")
    OFFERED = "offered", _("A seat is offered")
    HELD = "held", _("Seat held until it is paid")
    CONFIRMED = "confirmed", pgettext_lazy("seat", "Confirmed")
    ATTENDED = "attended", _("Was there")
    NO_SHOW = "no_show", _("Did not come")
    CANCELLED = "cancelled", pgettext_lazy("seat", "Cancelled")
    LATE = "late", _("Cancelled late")
    EXPIRED = "expired", pgettext_lazy("seat", "Not taken in time")


# These take a seat from the capacity (CLS-1); a seat that was sat in stays taken.
SEATED = frozenset({RsvpStatus.CONFIRMED, RsvpStatus.ATTENDED, RsvpStatus.NO_SHOW})
RESERVED = frozenset({RsvpStatus.OFFERED, RsvpStatus.HELD})
TAKES_SEAT = SEATED | RESERVED
# One of these per person and session (CLS-2).
ACTIVE = TAKES_SEAT | {RsvpStatus.WAITLISTED}
OVER = frozenset({RsvpStatus.CANCELLED, RsvpStatus.LATE, RsvpStatus.EXPIRED})

# The only moves there are; "" is where a row begins. Every other is refused with the legal ones listed.
RSVP_TRANSITIONS: dict[str, frozenset[RsvpStatus]] = {
    "": frozenset({RsvpStatus.CONFIRMED, RsvpStatus.HELD, RsvpStatus.WAITLISTED}),
    RsvpStatus.WAITLISTED: frozenset(
        {RsvpStatus.CONFIRMED, RsvpStatus.OFFERED, RsvpStatus.HELD, RsvpStatus.CANCELLED, RsvpStatus.EXPIRED}
    ),
    RsvpStatus.OFFERED: frozenset({RsvpStatus.CONFIRMED, RsvpStatus.HELD, RsvpStatus.CANCELLED, RsvpStatus.EXPIRED}),
    RsvpStatus.HELD: frozenset({RsvpStatus.CONFIRMED, RsvpStatus.CANCELLED, RsvpStatus.EXPIRED}),
    RsvpStatus.CONFIRMED: frozenset({RsvpStatus.ATTENDED, RsvpStatus.NO_SHOW, RsvpStatus.CANCELLED, RsvpStatus.LATE}),
    # The host corrects within 24 hours (CLS-10); an undone check-in is confirmed again.
    RsvpStatus.ATTENDED: frozenset({RsvpStatus.NO_SHOW, RsvpStatus.CONFIRMED}),
    RsvpStatus.NO_SHOW: frozenset({RsvpStatus.ATTENDED, RsvpStatus.CONFIRMED}),
    RsvpStatus.CANCELLED: frozenset(),
    RsvpStatus.LATE: frozenset(),
    # A claim after the sweep, while the waitlist is open for whoever clicks first.
    RsvpStatus.EXPIRED: frozenset(),
}


class FeeState(models.TextChoices):
    """What became of the fee for a late cancellation or a no-show (CLS-10)."""

    NONE = "none", _("No fee")
    PENDING = "pending", _("Not charged yet")
    DISPUTED = "disputed", _("Disputed")
    WAIVED = "waived", _("Waived")
    DUE = "due", _("To be paid")


class RatingState(models.TextChoices):
    VISIBLE = "visible", _("Visible")
    # Held back by a filter or a report until somebody looked (N41).
    WAITING = "waiting", _("Waiting for a decision")
    REMOVED = "removed", _("Removed")


class PeerTag(models.TextChoices):
    """What one may say of a training partner besides words: only good things, no public shaming (N38)."""

    PUNCTUAL = "punctual", _("Punctual")
    ENCOURAGING = "encouraging", _("Encouraging")
    SAME_PACE = "same_pace", _("Same pace")
    SAFE = "safe", _("Trains safely")
    GOOD_TALK = "good_talk", _("Good to talk to")


class OutingState(models.TextChoices):
    """Going together (W5): all say yes and all get a seat, or nobody does."""

    PROPOSED = "proposed", _("Waiting for an answer")
    BOOKED = "booked", _("Booked together")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    EXPIRED = "expired", pgettext_lazy("outing", "Not answered in time")
    FAILED = "failed", _("No seats for all")


class HandOnState(models.TextChoices):
    """A seat that somebody would hand to a friend: theirs until the friend takes it."""

    OPEN = "open", pgettext_lazy("hand-on", "Waiting for an answer")
    TAKEN = "taken", _("Taken")
    DECLINED = "declined", pgettext_lazy("hand-on", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("hand-on", "Taken back")
    EXPIRED = "expired", pgettext_lazy("hand-on", "Not answered in time")


class Answer(models.TextChoices):
    OPEN = "open", _("No answer yet")
    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")
