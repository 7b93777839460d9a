"""Who likes what."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Value

from social.models import Like, about
from social.policy import there_for


def likes_of(row: Any, viewer: Any) -> "QuerySet[Like]":
    """Likes by people the viewer may meet, for a keyset list; the count beside it stays that of everybody."""
    return Like.objects.filter(about(row), there_for(viewer, "user")).select_related("user__profile__photo")


def is_liked(row: Any, viewer: Any) -> bool:
    return viewer.pk is not None and Like.objects.filter(about(row), user_id=viewer.pk).exists()


def liked_by(viewer: Any, kind: str) -> Any:
    """To annotate rows of the kind with: whether the viewer likes them. Costs no query of its own."""
    if viewer.pk is None:
        return Value(False)
    return Exists(Like.objects.filter(user_id=viewer.pk, subject_type=kind, subject_id=OuterRef("pk")))
