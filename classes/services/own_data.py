"""What the download of one's own data holds of classes, readable beside the rows themselves (GDP-1). Of what partners
wrote it holds what the person may read."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accounts.export_parts import Document, ExportPart, MediaFile
from accounts.models import User
from classes.models import CalendarFeed, PeerReview, Rsvp, SessionRating
from classes.selectors.partners import received_by

Row = dict[str, Any]


def documents_of(user: User) -> list[Document]:
    return [
        _as_read("bookings", _("Classes you booked"), _bookings(user)),
        _as_read("class-ratings", _("Classes you rated"), _ratings(user)),
        _as_read("words-to-partners", _("What you wrote to partners"), _written(user)),
        _as_read("words-from-partners", _("What partners wrote to you"), _received(user)),
        _as_read("calendar", _("Your private calendar"), _calendar(user)),
    ]


def photos_of(user: User) -> Iterable[MediaFile]:
    return ()


def _as_read(name: str, title: str, rows: list[Row]) -> Document:
    return Document(name, title, rows, rows)


def _bookings(user: User) -> list[Row]:
    rows = Rsvp.objects.of_person(user).select_related("session__studio", "chain").prefetch_related("moves")
    return [
        {
            "class": rsvp.session.title,
            "studio": rsvp.session.studio.name,
            "starts_at": rsvp.session.starts_at,
            "status": rsvp.status,
            "joined_at": rsvp.joined_at,
            "checked_in_at": rsvp.checked_in_at,
            "hidden_from_others": rsvp.is_hidden,
            "price": rsvp.price,
            "fee": rsvp.fee,
            "fee_state": rsvp.fee_state,
            "currency": rsvp.chain.currency,
            "dispute": rsvp.dispute,
            "steps": [f"{move.moved_at:%Y-%m-%d %H:%M} {move.to_status}" for move in rsvp.moves.all()],
        }
        for rsvp in rows.order_by("pk")
    ]


def _ratings(user: User) -> list[Row]:
    rows = SessionRating.objects.of_person(user, "author").select_related("session").order_by("pk")
    return [
        {
            "class": rating.session.title,
            "starts_at": rating.session.starts_at,
            "stars": rating.stars,
            "text": rating.text,
            "rated_at": rating.rated_at,
            "state": rating.state,
            "answer": rating.reply,
        }
        for rating in rows
    ]


def _written(user: User) -> list[Row]:
    rows = PeerReview.objects.filter(author=user).select_related("session", "subject").order_by("pk")
    return [_word(row) | {"to": row.subject.handle, "shown_at": row.shown_at} for row in rows]


def _received(user: User) -> list[Row]:
    return [_word(row) | {"from": row.author.handle, "shown_at": row.shown_at} for row in received_by(user)]


def _word(row: PeerReview) -> Row:
    return {
        "class": row.session.title,
        "tags": ", ".join(sorted(row.tags)),
        "text": row.text,
        "written_at": row.written_at,
    }


def _calendar(user: User) -> list[Row]:
    """Without the address: whoever finds the file could read along."""
    feeds = CalendarFeed.objects.filter(user=user)
    return [{"made_at": feed.made_at, "last_read_at": feed.last_read_at} for feed in feeds]


PART = ExportPart("classes", documents=documents_of, media=photos_of)
