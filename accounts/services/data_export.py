"""The download of one's own data: made in the background, kept for a week, given to its owner alone (GDP-1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import Any, Final

from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.events import ExportDownloaded, ExportRequested
from accounts.models import DataExport, User
from accounts.services.export import write_archive
from fitfoodie.common.jobs.progress import Progress, working_on
from fitfoodie.common.jobs.services import start_background_job
from fitfoodie.common.models import BackgroundJob
from fitfoodie.common.models.job import FINISHED, JobState
from fitfoodie.events.services import record

KEPT_FOR: Final = timedelta(days=7)
# A job that has not moved for so long was lost with the process that carried it.
LOST_AFTER: Final = timedelta(hours=1)


@transaction.atomic
def start_export(*, user: User, now: datetime) -> DataExport:
    """Have the download made; the one that is being made, if there is one. Locks the person."""
    User.objects.select_for_update().get(pk=user.pk)
    own = DataExport.objects.filter(user=user)
    _end_finished(own, now)
    running = own.select_related("job").filter(ended_at=None).first()
    if running is not None:
        return running
    job = start_background_job(owner=user, title=_("Your data"), task="accounts.build_export")
    record(ExportRequested(user_id=user.pk), actor=user, subject=user)
    return DataExport.objects.create(user=user, job=job)


def build_export(*, job_id: int, now: datetime) -> None:
    """Carry the job out. Idempotent: a second run replaces the file of the first, and an ended one is left alone."""
    export = DataExport.objects.select_related("user__preferences").get(job_id=job_id)
    if export.ended_at is not None:
        return
    with override(export.user.preferences.language), working_on(job_id) as progress:
        if progress is not None:
            _build(export, progress, now)
    DataExport.objects.filter(pk=export.pk, ended_at=None).update(ended_at=now)


def _build(export: DataExport, progress: Progress, now: datetime) -> None:
    with TemporaryFile() as target:
        report = write_archive(target=target, user=export.user, now=now, progress=progress)
        target.seek(0)
        name = f"exports/{export.job.public_id}.zip"
        storages["private"].delete(name)
        file = storages["private"].save(name, File(target))
    _keep(export, file, progress, report, now)


@transaction.atomic
def _keep(export: DataExport, file: str, progress: Progress, report: dict[str, object], now: datetime) -> None:
    expires_at = now + KEPT_FOR
    DataExport.objects.filter(pk=export.pk).update(file=file, expires_at=expires_at, ended_at=now)
    report[_("Can be downloaded until")] = date_format(localtime(expires_at), "DATETIME_FORMAT")
    progress.finish(result_url=reverse("accounts:export-file", args=[export.job.public_id]), report=report)


@transaction.atomic
def fetch_export(*, user: User, public_id: str, now: datetime) -> tuple[str, File[Any]]:
    """A name to save it under, and the open file; the download is recorded.

    Raises DataExport.DoesNotExist when it is not the person's, not ready, or no longer kept.
    """
    export = DataExport.objects.exclude(file="").get(user=user, job__public_id=public_id, expires_at__gt=now)
    try:
        file = storages["private"].open(export.file)
    except OSError as error:
        raise DataExport.DoesNotExist from error
    record(ExportDownloaded(user_id=user.pk), actor=user, subject=user)
    return f"fitfoodie-{user.handle}-{export.ended_at:%Y-%m-%d}.zip", file


def clean_exports(*, now: datetime) -> int:
    """Remove what is kept no longer and give up what was lost; returns how many files went."""
    _give_up_lost(now)
    _end_finished(DataExport.objects.all(), now)
    expired = list(DataExport.objects.exclude(file="").filter(expires_at__lte=now))
    for export in expired:
        storages["private"].delete(export.file)
        _forget_file(export)
    return len(expired)


@transaction.atomic
def _forget_file(export: DataExport) -> None:
    DataExport.objects.filter(pk=export.pk).update(file="")
    BackgroundJob.objects.filter(pk=export.job_id).update(result_url="")


def _give_up_lost(now: datetime) -> None:
    lost = BackgroundJob.objects.filter(data_export__ended_at=None, data_export__isnull=False)
    lost = lost.exclude(state__in=FINISHED).filter(updated_at__lt=now - LOST_AFTER)
    lost.update(
        state=JobState.FAILED, error=_("This was interrupted. Start it again."), finished_at=now, updated_at=now
    )


def _end_finished(exports: QuerySet[DataExport], now: datetime) -> None:
    exports.filter(ended_at=None, job__state__in=FINISHED).update(ended_at=now)
