from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from fitfoodie.common.backoffice import ReadOnlyAdmin, carried_out
from fitfoodie.common.jobs.schedule import scheduled_tasks
from fitfoodie.common.jobs.services import dismiss_failed_job, retry_failed_job
from fitfoodie.common.models import BackgroundJob, FailedJob, ScheduledRun
from fitfoodie.common.models.job import JobState
from fitfoodie.common.reasons import ActingMixin, reasoned_action


def _dismiss(job: FailedJob, actor: Any, reason: str, now: datetime) -> object:
    return dismiss_failed_job(failed_job_id=job.pk, actor=actor, reason=reason, now=now)


@admin.register(FailedJob)
class FailedJobAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["task", "error", "failed_at", "settlement", "settled_by"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter), "task"]
    list_select_related = ["settled_by"]
    search_fields = ["task", "error", "correlation_id"]
    search_help_text = _("Task, error, request id")
    date_hierarchy = "failed_at"
    ordering = ["-id"]
    actions = ["retry", reasoned_action("dismiss", _("Dismiss with a reason"), _dismiss)]

    @admin.action(description=_("Retry the selected jobs"), permissions=["act"])
    def retry(self, request: HttpRequest, queryset: QuerySet[FailedJob]) -> None:
        for job in queryset:
            self._retry(request, job)

    def _retry(self, request: HttpRequest, job: FailedJob) -> None:
        done = _("%(task)s: retried") % {"task": job.task}
        carried_out(
            request,
            lambda: retry_failed_job(failed_job_id=job.pk, actor=request.user, now=timezone.now()),
            done=done,
        )


@admin.register(ScheduledRun)
class ScheduledRunAdmin(ReadOnlyAdmin):
    """The runs of the last week; above them every task of the schedule with its last and its next run (F56)."""

    list_display = ["task", "slot_at", "enqueued_at"]
    list_filter = ["task"]
    date_hierarchy = "slot_at"
    ordering = ["-slot_at", "-id"]
    list_before_template = "common/admin_schedule.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        now = timezone.now()
        context = {"schedule": scheduled_tasks(now=now), "now": now}
        answer: HttpResponse = super().changelist_view(request, context | (extra_context or {}))
        return answer


@admin.register(BackgroundJob)
class BackgroundJobAdmin(ReadOnlyAdmin):
    list_display = ["title", "owner", "shown_state", "done", "total", "created_at", "finished_at"]
    list_filter = ["state"]
    list_select_related = ["owner"]
    search_fields = ["title", "owner__email", "owner__handle", "=public_id"]
    search_help_text = _("Title, person, id")
    date_hierarchy = "created_at"
    ordering = ["-id"]

    @display(
        description=_("state"),
        ordering="state",
        label={
            JobState.DONE.label: "success",
            JobState.FAILED.label: "danger",
            JobState.RUNNING.label: "info",
            JobState.CANCELLED.label: "warning",
        },
    )
    def shown_state(self, job: BackgroundJob) -> str:
        return str(job.get_state_display())
