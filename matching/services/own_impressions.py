"""Who was put before the person, and with which score: part of the download of one's own data (GDP-1)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.export_parts import Document, ExportPart, MediaFile
from accounts.models import User
from matching.models import Impression
from social.policy import there_for


def documents_of(user: User) -> list[Document]:
    shown = Impression.objects.filter(there_for(user, "candidate"), viewer=user).order_by("pk")
    columns = shown.values_list("candidate__handle", "shown_at", "position", "score", "components", "model")
    data = [
        {"handle": handle, "shown_at": at, "position": place, "score": score, "components": parts, "model": model}
        for handle, at, place, score, parts, model in columns
    ]
    titles = {"handle": _("Handle"), "shown_at": _("Shown"), "position": _("Place in the deck"), "score": _("Score")}
    rows = [{title: one[name] for name, title in titles.items()} for one in data]
    return [Document("partners-shown", _("Whom the deck showed you"), data, rows)]


def no_media(user: User) -> Iterable[MediaFile]:
    return ()


PART = ExportPart("matching.shown", documents_of, no_media)
