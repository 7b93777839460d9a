"""What the download of one's own data holds of reactions: said, liked, shared (GDP-1). Never what others wrote."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.export_parts import Document, ExportPart
from accounts.models import User
from social.models import Comment, Like, Share, ShareLink
from social.subjects import all_subjects


def documents_of(user: User) -> list[Document]:
    return [
        _document("comments", _("Comments"), user, Comment.objects.filter(author=user), _comment),
        _document("likes", _("Likes"), user, Like.objects.filter(user=user), lambda like: {"liked_at": like.liked_at}),
        _document("shares", _("Shared"), user, Share.objects.filter(user=user), _share),
        _document("share-links", _("Share links"), user, ShareLink.objects.filter(creator=user), _link),
    ]


def _comment(row: Comment) -> dict[str, Any]:
    return {"text": row.text, "written_at": row.created_at, "edited_at": row.edited_at, "deleted_at": row.deleted_at}


def _share(row: Share) -> dict[str, Any]:
    return {"channel": row.channel, "shared_at": row.shared_at}


def _link(row: ShareLink) -> dict[str, Any]:
    """Without the token: the file would open what the link opens."""
    return {"made_at": row.created_at, "opens_until": row.expires_at, "revoked_at": row.revoked_at}


def _document(name: str, title: str, user: User, rows: Any, shape: Any) -> Document:
    found = list(rows.order_by("pk"))
    titles = _titles(user, found)
    data = [
        {"about": row.subject_type, "title": titles.get((row.subject_type, row.subject_id), "")} | shape(row)
        for row in found
    ]
    return Document(name, title, data, data)


def _titles(user: User, rows: list[Any]) -> dict[tuple[str, int], str]:
    """Of those that the person may still see, in one query a kind."""
    found = {}
    for subject in all_subjects():
        ids = {row.subject_id for row in rows if row.subject_type == subject.name}
        for seen in subject.visible(user).filter(pk__in=ids) if ids else ():
            found[subject.name, seen.pk] = subject.title(seen)
    return found


PART = ExportPart("reactions", documents=documents_of, media=lambda _user: ())
