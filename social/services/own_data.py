"""What the download of one's own data holds of the graph: whom one follows, is friends with, blocked (GDP-1).

Names of people who are not there for the person any more are left out: the download is no way around a block.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.export_parts import Document, ExportPart, MediaFile
from accounts.models import User
from social.enums import ConnectionState
from social.models import Block, Connection, Follow
from social.policy import there_for


def documents_of(user: User) -> list[Document]:
    return [
        _document("following", _("People you follow"), _following(user)),
        _document("followers", _("Your followers"), _followers(user)),
        _document("friends", _("Friends"), _friends(user)),
        _document("blocked", _("People you blocked"), _blocked(user)),
    ]


def no_media(user: User) -> Iterator[MediaFile]:
    return iter(())


def _following(user: User) -> list[dict[str, Any]]:
    rows = Follow.objects.filter(there_for(user, "followee"), follower=user).order_by("pk")
    return [_tie(*row) for row in rows.values_list("followee__handle", "state", "requested_at")]


def _followers(user: User) -> list[dict[str, Any]]:
    rows = Follow.objects.filter(there_for(user, "follower"), followee=user).order_by("pk")
    return [_tie(*row) for row in rows.values_list("follower__handle", "state", "requested_at")]


def _friends(user: User) -> list[dict[str, Any]]:
    """Also requests, those one sent and those one was sent."""
    rows = Connection.objects.of(user.pk).filter(there_for(user, "low"), there_for(user, "high"))
    found = []
    for row in rows.select_related("low", "high").order_by("pk"):
        other = row.high if row.low_id == user.pk else row.low
        is_mine = row.state == ConnectionState.REQUESTED and row.requested_by_id == user.pk
        found.append(_tie(other.handle, "asked_by_you" if is_mine else row.state, row.requested_at))
    return found


def _blocked(user: User) -> list[dict[str, Any]]:
    rows = Block.objects.filter(blocker=user).order_by("pk")
    return [_tie(handle, "blocked", since) for handle, since in rows.values_list("blocked__handle", "blocked_at")]


def _tie(handle: str, state: str, since: datetime) -> dict[str, Any]:
    return {"handle": handle, "state": str(state), "since": since}


def _document(name: str, title: str, ties: list[dict[str, Any]]) -> Document:
    rows = [{_("Handle"): tie["handle"], _("State"): tie["state"], _("Since"): tie["since"]} for tie in ties]
    return Document(name, title, ties, rows)


PART = ExportPart("social", documents=documents_of, media=no_media, position=50)
