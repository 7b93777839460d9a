"""Everything about a person as one ZIP file (GDP-1): a page to read, JSON for other programs, their photos."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from shutil import copyfileobj
from typing import IO, Any, Final
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.apps import apps
from django.db import models
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.data_inventory import Entry, inventory
from accounts.export_parts import Document, MediaFile, export_parts
from accounts.models import ProfilePhoto, User
from fitfoodie.common.images.originals import ending_of
from fitfoodie.common.images.sniffing import SNIFF_BYTES
from fitfoodie.common.jobs.progress import Progress

PRIVATE: Final = 0o600 << 16  # how zip files keep the rights of a file


def write_archive(*, target: IO[bytes], user: User, now: datetime, progress: Progress) -> dict[str, Any]:
    """The whole download into `target`; returns what the person is told about it.

    The rows that the inventory says are theirs, without secrets, one query a table; then what other apps registered.
    One step of `progress` a table, document and file. Raises JobCancelledError.
    """
    entries = [entry for entry in inventory().values() if entry.export]
    documents = [document for part in export_parts() for document in part.documents(user)]
    media = list(_media_of(user))
    progress.expect(len(entries) + len(documents) + len(media))
    tables = [table for table in _stepping(entries, lambda entry: _table(entry, user), progress) if table["rows"]]
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        _add_json(archive, "data.json", {"made_at": now, "tables": {each["name"]: each["values"] for each in tables}})
        _stepping(documents, lambda each: _add_json(archive, f"{each.name}.json", each.data), progress)
        files = [path for path in _stepping(media, lambda each: _add_media(archive, each), progress) if path]
        context = {"person": user, "made_at": now, "tables": tables, "documents": documents, "files": files}
        _add(archive, "index.html", render_to_string("accounts/export/index.html", context))
    return {_("Kinds of records"): len(tables) + _filled(documents), _("Photos"): len(files)}


def _stepping(things: list[Any], carry: Callable[[Any], Any], progress: Progress) -> list[Any]:
    done = []
    for thing in things:
        done.append(carry(thing))
        progress.step()
    return done


def _filled(documents: list[Document]) -> int:
    return sum(1 for document in documents if document.rows)


def _table(entry: Entry, user: User) -> dict[str, Any]:
    """`values` by column for programs, `rows` by label for people."""
    model = apps.get_model(entry.model)
    condition = {"pk": user.pk} if entry.export == "self" else {entry.export: user.pk}
    labels = {
        field.attname: str(field.verbose_name)
        for field in model._meta.concrete_fields
        if field.name not in entry.secret
    }
    found: Any = models.QuerySet(model).filter(**condition).order_by("pk").values(*labels)
    values = [{name: plain(value) for name, value in row.items()} for row in found]
    return {
        "name": entry.model,
        "title": str(model._meta.verbose_name_plural),
        "values": values,
        "rows": [{labels[name]: value for name, value in row.items()} for row in values],
    }


def _media_of(user: User) -> Iterator[MediaFile]:
    for photo in ProfilePhoto.objects.filter(user=user).exclude(original=""):
        yield MediaFile(path=f"photos/profile/{photo.pk}", open=partial(photo.original.open, "rb"))
    for part in export_parts():
        yield from part.media(user)


def _add(archive: ZipFile, path: str, text: str) -> None:
    archive.writestr(_entry(path, ZIP_DEFLATED), text)


def _add_json(archive: ZipFile, path: str, data: Any) -> None:
    _add(archive, path, json.dumps(data, ensure_ascii=False, indent=2, default=plain))


def _add_media(archive: ZipFile, media: MediaFile) -> str:
    """Where it lies; empty for a file that the storage has lost, which must not cost the person the rest."""
    try:
        source = media.open()
    except OSError:
        return ""
    with source:
        head = source.read(SNIFF_BYTES)
        path = media.path + ending_of(head)
        # Photos are packed already: packing them again costs time and wins nothing.
        with archive.open(_entry(path, ZIP_STORED), "w") as target:
            target.write(head)
            copyfileobj(source, target)
    return path


def _entry(path: str, packing: int) -> ZipInfo:
    entry = ZipInfo(path)
    entry.compress_type, entry.external_attr = packing, PRIVATE
    return entry


def plain(value: Any) -> Any:
    """A column's value as JSON knows it."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, Decimal | UUID | models.Model | Promise):
        return str(value)
    return value
