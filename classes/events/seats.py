"""What happens to seats. Read long after: they say which session and whose seat; the rest is in the rows."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event


@dataclass(frozen=True, kw_only=True)
class AboutSeat:
    """What each of them says first."""

    rsvp_id: int
    session_id: int
    chain_id: int
    user_id: int


@dataclass(frozen=True, kw_only=True)
class ExplainedSeat(AboutSeat):
    """`reason`: what somebody who acted for the person, or mended the list, said of it."""

    reason: str = ""


@event("classes.rsvp.confirmed", label=_("Seat confirmed"), is_public=True)
class RsvpConfirmed(AboutSeat):
    # From the waitlist, without being asked: the person is told (CLS-5).
    was_promoted: bool = False
    outing_id: int | None = None


@event("classes.rsvp.waitlisted", label=_("Joined a waitlist"))
class RsvpWaitlisted(AboutSeat):
    position: int = 0


@event("classes.rsvp.offered", label=_("A seat was offered"))
class RsvpOffered(AboutSeat):
    # ISO 8601, UTC.
    reserved_until: str = ""
    clashes_with_id: int | None = None
    # Not reserved: for whoever of the line clicks first, until then (CLS-5).
    is_open_claim: bool = False


@event("classes.rsvp.held", label=_("A seat is held until it is paid"))
class RsvpHeld(AboutSeat):
    reserved_until: str = ""


@event("classes.rsvp.expired", label=_("An offered or held seat was not taken in time"))
class RsvpExpired(AboutSeat):
    pass


@event("classes.rsvp.skipped", label=_("Passed over in line"))
class RsvpSkipped(AboutSeat):
    because: str = ""


@event("classes.rsvp.cancelled", label=_("Seat or place in line given up"), personal=("reason",))
class RsvpCancelled(ExplainedSeat):
    from_status: str = ""
    is_late: bool = False
    # The class was cancelled, the account closed: not the person's own doing.
    by_house: bool = False


@event("classes.rsvp.handed_on", label=_("Seat handed to a friend"))
class RsvpHandedOn(AboutSeat):
    # Whose it was; `user_id` has it now.
    from_user_id: int = 0


@event("classes.hand_on.asked", label=_("A friend was asked to take a seat"))
class HandOnAsked(AboutSeat):
    hand_on_id: int = 0
    friend_id: int = 0
    # ISO 8601, UTC.
    expires_at: str = ""


@event("classes.hand_on.ended", label=_("A seat was not handed on"))
class HandOnEnded(AboutSeat):
    hand_on_id: int = 0
    friend_id: int = 0
    state: str = ""


@event("classes.rsvp.attended", label=_("Was in the class"), personal=("reason",))
class RsvpAttended(ExplainedSeat):
    checked_in_by_id: int | None = None


@event("classes.rsvp.missed", label=_("Did not come to the class"), personal=("reason",))
class RsvpMissed(ExplainedSeat):
    pass


@event("classes.rsvp.corrected", label=_("Attendance corrected"), personal=("reason",))
class RsvpCorrected(ExplainedSeat):
    to_status: str = ""


@event("classes.waitlist.closed", label=_("Waitlist closed with people still in it"))
class WaitlistClosed:
    session_id: int
    chain_id: int
    waiting: int


@event("classes.outing.proposed", label=_("Going together proposed"))
class OutingProposed:
    outing_id: int
    session_id: int
    proposer_id: int
    user_ids: list[int]


@event("classes.outing.booked", label=_("Booked together"))
class OutingBooked:
    outing_id: int
    session_id: int
    proposer_id: int
    user_ids: list[int]


@event("classes.outing.ended", label=_("Going together came to nothing"))
class OutingEnded:
    outing_id: int
    session_id: int
    proposer_id: int
    user_ids: list[int]
    state: str
    # Members who blocked each other, or ended their match: of that nobody is told.
    untold_ids: list[int] = field(default_factory=list)
