"""Studios, their rooms, and the class types of a chain."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from classes import rules
from classes.enums import SessionStatus
from classes.events.chains import (
    ClassTypeChanged,
    ClassTypeCreated,
    RoomChanged,
    RoomCreated,
    StudioChanged,
    StudioCreated,
)
from classes.models import Chain, ClassType, Described, Room, Session, Studio
from classes.policies import NAMES as POLICY_NAMES
from classes.services.writing import free_slug, write
from fitfoodie.common.errors import ConflictError, NotAllowedError
from fitfoodie.events.services import record

_WHERE = {"street", "city", "country", "latitude", "longitude", "time_zone"}
STUDIO_FIELDS = frozenset({"name", "about", "is_active"} | _WHERE | set(POLICY_NAMES))
ROOM_FIELDS = frozenset({"name", "capacity", "is_active"})
_ABOUT = {field.name for field in Described._meta.get_fields()}
CLASS_TYPE_FIELDS = frozenset({"minutes", "is_active"} | _ABOUT | set(POLICY_NAMES))


@transaction.atomic
def create_studio(*, actor: User, chain_id: int, now: datetime, **about: Any) -> Studio:
    """Locks the chain. Its clocks are the chain's unless told. Raises NotAllowedError, DomainError."""
    chain = _managed_chain(actor, chain_id)
    taken = set(Studio.objects.in_chain(chain).values_list("slug", flat=True))
    studio = Studio(chain=chain, time_zone=chain.time_zone, slug=free_slug(str(about.get("name", "")), taken))
    write(studio, about, allowed=STUDIO_FIELDS)
    record(StudioCreated(chain_id=chain.pk, studio_id=studio.pk), actor=actor, subject=studio)
    return studio


@transaction.atomic
def edit_studio(*, actor: User, studio_id: int, changes: Mapping[str, Any], now: datetime, reason: str = "") -> Studio:
    """Locks the studio. Raises NotAllowedError, DomainError, ConflictError `has_classes` when it would close with
    classes to come."""
    studio = Studio.objects.across_chains().select_for_update(of=("self",)).get(pk=studio_id)
    _require_studio(actor, studio)
    if changes.get("is_active") is False:
        _refuse_with_classes(studio=studio, now=now)
    changed = write(studio, changes, allowed=STUDIO_FIELDS)
    if changed:
        fact = StudioChanged(chain_id=studio.chain_id, studio_id=studio.pk, fields=changed, reason=reason.strip())
        record(fact, actor=actor, subject=studio)
    return studio


@transaction.atomic
def create_room(*, actor: User, studio_id: int, now: datetime, **about: Any) -> Room:
    """Raises NotAllowedError, DomainError, ConflictError `taken` for a second room of that name."""
    studio = Studio.objects.across_chains().get(pk=studio_id)
    _require_studio(actor, studio)
    room = Room(chain_id=studio.chain_id, studio=studio)
    write(room, about, allowed=ROOM_FIELDS)
    record(RoomCreated(chain_id=room.chain_id, room_id=room.pk), actor=actor, subject=room)
    return room


@transaction.atomic
def edit_room(*, actor: User, room_id: int, changes: Mapping[str, Any], now: datetime, reason: str = "") -> Room:
    """Locks the room. Classes keep the seats they have. Raises as `edit_studio`."""
    room = Room.objects.across_chains().select_for_update(of=("self",)).select_related("studio").get(pk=room_id)
    _require_studio(actor, room.studio)
    if changes.get("is_active") is False:
        _refuse_with_classes(room=room, now=now)
    changed = write(room, changes, allowed=ROOM_FIELDS)
    if changed:
        fact = RoomChanged(chain_id=room.chain_id, room_id=room.pk, fields=changed, reason=reason.strip())
        record(fact, actor=actor, subject=room)
    return room


@transaction.atomic
def create_class_type(*, actor: User, chain_id: int, now: datetime, **about: Any) -> ClassType:
    """Locks the chain. Raises NotAllowedError, DomainError, ConflictError `taken` for a second one of that title."""
    chain = _managed_chain(actor, chain_id)
    kind = ClassType(chain=chain)
    write(kind, about, allowed=CLASS_TYPE_FIELDS)
    record(ClassTypeCreated(chain_id=chain.pk, class_type_id=kind.pk), actor=actor, subject=kind)
    return kind


@transaction.atomic
def edit_class_type(
    *, actor: User, class_type_id: int, changes: Mapping[str, Any], now: datetime, reason: str = ""
) -> ClassType:
    """Locks it. Classes that are on the timetable keep what they say. Raises NotAllowedError, DomainError."""
    kind = ClassType.objects.across_chains().select_for_update(of=("self",)).get(pk=class_type_id)
    if not rules.may_manage_chain(actor, kind.chain):
        raise NotAllowedError(_("This is for those who manage the chain."))
    changed = write(kind, changes, allowed=CLASS_TYPE_FIELDS)
    if changed:
        fact = ClassTypeChanged(chain_id=kind.chain_id, class_type_id=kind.pk, fields=changed, reason=reason.strip())
        record(fact, actor=actor, subject=kind)
    return kind


def _managed_chain(actor: User, chain_id: int) -> Chain:
    chain = Chain.objects.select_for_update().get(pk=chain_id)
    if not rules.may_manage_chain(actor, chain):
        raise NotAllowedError(_("This is for those who manage the chain."))
    return chain


def _require_studio(actor: User, studio: Studio) -> None:
    if not rules.may_manage_studio(actor, studio):
        raise NotAllowedError(_("This is for those who manage the studio."))


def _refuse_with_classes(*, now: datetime, **place: Studio | Room) -> None:
    to_come = Session.objects.across_chains().filter(**place, ends_at__gt=now, status=SessionStatus.SCHEDULED)
    if to_come.exists():
        message = _("There are classes to come here. Move or cancel them first.")
        raise ConflictError(message, code="has_classes", field="is_active")
