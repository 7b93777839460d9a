"""Outings as their members see them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import User
from classes.enums import OutingState, SessionStatus
from classes.models import Outing, OutingMember
from social.policy import there_for


def outings_of(viewer: Any) -> QuerySet[Outing]:
    """Those the person proposed or was asked to, the newest first; whole, in five queries."""
    members = OutingMember.objects.select_related("user__profile__photo").order_by("id")
    rows = Outing.objects.across_chains().filter(pk__in=OutingMember.objects.filter(user=viewer.pk).values("outing"))
    rows = rows.select_related("session__studio", "session__chain", "proposer__profile__photo")
    return rows.prefetch_related(Prefetch("members", queryset=members)).order_by("-id")


def outings_between(viewer: Any, other: Any, *, now: datetime) -> QuerySet[Outing]:
    """Those of the viewer's that the other is in too, and that are not over: open, or booked for a class to come. The
    next class first."""
    is_open = Q(state=OutingState.PROPOSED, expires_at__gt=now)
    is_coming = Q(state=OutingState.BOOKED, session__ends_at__gt=now, session__status=SessionStatus.SCHEDULED)
    both = outings_of(viewer).filter(pk__in=OutingMember.objects.filter(user=other.pk).values("outing"))
    return both.filter(is_open | is_coming).order_by("session__starts_at", "id")


def open_with(viewer: Any, *, now: datetime) -> dict[tuple[int, int], str]:
    """By ids of class and person: the outing to that class with that person that waits for answers. One query."""
    mine = OutingMember.objects.filter(user=viewer.pk).values("outing")
    rows = OutingMember.objects.filter(outing__in=mine, outing__state=OutingState.PROPOSED, outing__expires_at__gt=now)
    found = rows.exclude(user=viewer.pk).values_list("outing__session_id", "user_id", "outing__public_id")
    return {(session_id, user_id): public_id for session_id, user_id, public_id in found}


def visible_members(outings: Iterable[Outing], viewer: Any) -> set[int]:
    """Ids of the members who are there for the viewer: a block hides here too (CLS-17). One query."""
    ids = {member.user_id for outing in outings for member in outing.members.all()}
    return set(User.objects.filter(there_for(viewer), pk__in=ids).values_list("pk", flat=True))
