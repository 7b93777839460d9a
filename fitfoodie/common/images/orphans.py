"""Files that no row names: left by a rolled-back upload, a storage that was down, a worker that died."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import Storage, storages

from fitfoodie.common.images.models import rows_of
from fitfoodie.common.images.processing import delete_files, photo_models

# An upload or a processing in flight has files and no row yet.
MIN_AGE = timedelta(days=1)


def _walk(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files if name)
    for name in folders:
        yield from _walk(storage, f"{folder}/{name}")


def _unnamed(storage: Storage, folder: str, known: set[str], before: datetime, *, is_stem: bool) -> list[str]:
    return [
        path
        for path in _walk(storage, folder)
        if (path.rpartition("/")[0] if is_stem else path) not in known and storage.get_modified_time(path) < before
    ]


def remove_orphans(*, now: datetime, dry_run: bool = True) -> list[str]:
    """Paths of photo files older than MIN_AGE that no row names; deleted unless `dry_run`. Walks both storages."""
    found: list[str] = []
    for model in photo_models():
        label = model._meta.label_lower
        rows = rows_of(model)
        names = set(rows.exclude(name="").values_list("name", flat=True))
        originals = set(rows.values_list("original", flat=True))
        public = _unnamed(storages["default"], f"photos/{label}", names, now - MIN_AGE, is_stem=True)
        private = _unnamed(storages["private"], f"originals/{label}", originals, now - MIN_AGE, is_stem=False)
        if not dry_run:
            delete_files(storages["default"], public)
            delete_files(storages["private"], private)
        found += public + private
    return found
