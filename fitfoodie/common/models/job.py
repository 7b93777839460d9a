from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id
from fitfoodie.common.models.timestamped import TimestampedModel


class FailedJob(models.Model):
    """A task that used up its retries, kept until staff retry or dismiss it. One row a task id."""

    task_id = models.CharField(max_length=64, unique=True)
    task = models.CharField(_("task"), max_length=200)
    kwargs = models.JSONField(_("arguments"), default=dict)
    error = models.CharField(_("error"), max_length=1000)
    traceback = models.TextField(blank=True)
    correlation_id = models.CharField(max_length=64, blank=True)
    failed_at = models.DateTimeField(_("failed"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    settlement = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-failed_at"], condition=Q(settled_at=None), name="common_failedjob_open")]

    def __str__(self) -> str:
        return f"{self.task}: {self.error[:80]}"


class ScheduledRun(models.Model):
    """One slot of one scheduled task. The unique row is what makes a slot run once, however many schedulers run."""

    task = models.CharField(_("task"), max_length=200)
    slot_at = models.DateTimeField(_("due"))
    enqueued_at = models.DateTimeField(_("enqueued"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "slot_at"], name="common_scheduledrun_once")]

    def __str__(self) -> str:
        return f"{self.task} {self.slot_at:%Y-%m-%d %H:%M:%S}"


class JobState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


FINISHED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


class BackgroundJob(TimestampedModel):
    """Work a person asked for and may walk away from: shows its progress, can be cancelled, leaves a result."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="background_jobs")
    title = models.CharField(_("what"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    result_url = models.CharField(max_length=500, blank=True)
    report = models.JSONField(default=dict, blank=True)
    error = models.CharField(max_length=1000, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-id"], name="common_backgroundjob_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(total=None) | Q(done__lte=F("total")), name="common_backgroundjob_done_within_total"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def percent(self) -> int | None:
        return None if not self.total else 100 * self.done // self.total

    def get_absolute_url(self) -> Any:
        from django.urls import reverse  # noqa: PLC0415  app ready: models load before the URL configuration

        return reverse("job-detail", kwargs={"public_id": self.public_id})
