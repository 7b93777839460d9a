"""A file of recipes from the page: kept privately, read in the background, forgotten afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.core.files.base import File
from django.core.files.storage import storages
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.ids import new_public_id
from fitfoodie.common.jobs.progress import working_on
from fitfoodie.common.jobs.services import start_background_job
from fitfoodie.common.models import BackgroundJob
from meals.services.bulk_import import BulkResult, import_lines

# How many refused lines the report names; the others are counted.
MOST_TOLD: Final = 20


def start_file_import(*, owner: User, file: File[Any]) -> BackgroundJob:
    """The job to watch. Each line of the file becomes a draft of `owner`; the file is removed when it is read."""
    name = storages["private"].save(f"imports/{new_public_id()}.jsonl", file)
    return start_background_job(
        owner=owner, title=_("Bringing recipes in"), task="meals.import_file", owner_id=owner.pk, name=name
    )


def read_file(*, job_id: int, owner_id: int, name: str, now: datetime) -> None:
    """Carry the job out: a draft for each line that can be read, a sentence for each that cannot. Idempotent by line.

    Once the file is read to its end, or given up by its owner, it is removed.
    """
    owner = User.objects.get(pk=owner_id)
    storage = storages["private"]
    with working_on(job_id) as progress:
        if progress is not None:
            with storage.open(name) as file:
                lines = file.read().decode("utf-8-sig", errors="replace").splitlines()
            progress.expect(sum(1 for line in lines if line.strip()))
            result = BulkResult()
            for result in import_lines(owner=owner, lines=lines, now=now):  # noqa: B007  the last one is the sum
                progress.step()
            progress.finish(result_url=reverse("meals:mine"), report=_report(result))
    storage.delete(name)


def _report(result: BulkResult) -> dict[str, Any]:
    told = result.refused[:MOST_TOLD]
    return {
        _("Drafts made"): result.imported,
        _("Already there"): result.known,
        _("Refused"): len(result.refused),
        **{f"{number}.": line for number, line in enumerate(told, 1)},
    }
