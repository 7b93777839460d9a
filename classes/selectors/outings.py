"""Outings as their members see them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from classes.models import Outing, OutingMember
from social.policy import there_for


def outings_of(viewer: Any) -> QuerySet[Outing]:
    """Those the person proposed or was asked to, the newest first; whole, in five queries."""
    members = OutingMember.objects.select_related("user__profile__photo").order_by("id")
    rows = Outing.objects.across_chains().filter(pk__in=OutingMember.objects.filter(user=viewer.pk).values("outing"))
    rows = rows.select_related("session__studio", "session__chain", "proposer__profile__photo")
    return rows.prefetch_related(Prefetch("members", queryset=members)).order_by("-id")


def visible_members(outings: Iterable[Outing], viewer: Any) -> set[int]:
    """Ids of the members who are there for the viewer: a block hides here too (CLS-17). One query."""
    ids = {member.user_id for outing in outings for member in outing.members.all()}
    return set(User.objects.filter(there_for(viewer), pk__in=ids).values_list("pk", flat=True))
