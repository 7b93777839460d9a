"""What happens to chains and their places, and who works there. `fields` are names of the columns that changed."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event


@dataclass(frozen=True, kw_only=True)
class Changed:
    chain_id: int
    fields: list[str]


@event("classes.chain.created", label=_("Chain opened"), personal=("reason",))
class ChainCreated:
    chain_id: int
    reason: str = ""


@event("classes.chain.changed", label=_("Chain changed"), personal=("reason",))
class ChainChanged(Changed):
    reason: str = ""


@event("classes.studio.created", label=_("Studio added"))
class StudioCreated:
    chain_id: int
    studio_id: int


@event("classes.studio.changed", label=_("Studio changed"))
class StudioChanged(Changed):
    studio_id: int
    reason: str = ""


@event("classes.room.created", label=_("Room added"))
class RoomCreated:
    chain_id: int
    room_id: int


@event("classes.room.changed", label=_("Room changed"))
class RoomChanged(Changed):
    room_id: int
    reason: str = ""


@event("classes.class_type.created", label=_("Class type added"))
class ClassTypeCreated:
    chain_id: int
    class_type_id: int


@event("classes.class_type.changed", label=_("Class type changed"))
class ClassTypeChanged(Changed):
    class_type_id: int
    reason: str = ""
