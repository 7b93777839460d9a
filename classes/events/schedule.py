"""What happens to the timetable."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event


@dataclass(frozen=True, kw_only=True)
class AboutSession:
    session_id: int
    chain_id: int


@event("classes.session.scheduled", label=_("Class put on the timetable"), is_public=True)
class SessionScheduled(AboutSession):
    series_id: int | None = None


@event("classes.session.changed", label=_("Class changed"))
class SessionChanged(AboutSession):
    # Names of the columns that changed.
    fields: list[str]


@event("classes.session.moved", label=_("Class moved to another time or place"), is_public=True)
class SessionMoved(AboutSession):
    # ISO 8601, UTC; room and studio are in the row.
    from_starts_at: str
    to_starts_at: str


@event("classes.session.substituted", label=_("Another instructor takes the class"))
class SessionSubstituted(AboutSession):
    instructor_id: int | None
    substitutes_id: int | None
    # Said when it is done for many classes at once.
    reason: str = ""


@event("classes.session.cancelled", label=_("Class cancelled"), is_public=True)
class SessionCancelled(AboutSession):
    reason: str
    # Everyone who had a seat or waited, to be told; they are out of the class already.
    user_ids: list[int]


@event("classes.session.guaranteed", label=_("Class takes place for sure"))
class SessionGuaranteed(AboutSession):
    pass


@event("classes.session.capacity_changed", label=_("Number of seats changed"))
class SessionCapacityChanged(AboutSession):
    from_capacity: int
    to_capacity: int


@event("classes.series.created", label=_("Series made"))
class SeriesCreated:
    series_id: int
    chain_id: int
    sessions: int
    # Said when the house makes it.
    reason: str = ""


@event("classes.series.split", label=_("Series continued differently"))
class SeriesSplit:
    series_id: int
    chain_id: int
    new_series_id: int


@event("classes.staff.granted", label=_("Role in a chain given"), personal=("reason",))
class StaffGranted:
    chain_id: int
    user_id: int
    role: str
    studio_id: int | None = None
    reason: str = ""


@event("classes.staff.removed", label=_("Role in a chain taken"), personal=("reason",))
class StaffRemoved:
    chain_id: int
    user_id: int
    role: str
    studio_id: int | None = None
    reason: str = ""
