"""What a share link opens, and for whom."""

from datetime import datetime
from typing import Any

from accounts.models import User
from social.models import ShareLink
from social.policy import there_for
from social.subjects import subject_named


def opened_by(link: ShareLink, viewer: Any, *, now: datetime) -> Any | None:
    """The thing, or None: run out, taken back, deleted, or its maker is not there for the viewer."""
    if link.revoked_at is not None or link.expires_at <= now:
        return None
    if not User.objects.filter(there_for(viewer), pk=link.creator_id).exists():
        return None
    return subject_named(link.subject_type).rows.filter(pk=link.subject_id).first()
