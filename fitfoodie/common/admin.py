from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.errors import DomainError
from fitfoodie.common.jobs.services import dismiss_failed_job, retry_failed_job
from fitfoodie.common.models import BackgroundJob, FailedJob, ScheduledRun


@admin.register(FailedJob)
class FailedJobAdmin(ReadOnlyAdmin):
    list_display = ["task", "error", "failed_at", "settlement", "settled_by"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter), "task"]
    list_select_related = ["settled_by"]
    search_fields = ["task", "error", "correlation_id"]
    date_hierarchy = "failed_at"
    actions = ["retry", "dismiss"]

    @admin.action(description=_("Retry the selected jobs"), permissions=["settle"])
    def retry(self, request: HttpRequest, queryset: QuerySet[FailedJob]) -> None:
        for job in queryset:
            self._settle(request, retry_failed_job, failed_job_id=job.pk)

    @admin.action(description=_("Dismiss the selected jobs"), permissions=["settle"])
    def dismiss(self, request: HttpRequest, queryset: QuerySet[FailedJob]) -> None:
        for job in queryset:
            self._settle(request, dismiss_failed_job, failed_job_id=job.pk, reason="dismissed from the list")

    def _settle(self, request: HttpRequest, service: Any, **kwargs: Any) -> None:
        try:
            job = service(actor=request.user, now=timezone.now(), **kwargs)
        except DomainError as error:
            self.message_user(request, error.message, messages.ERROR)
        else:
            self.message_user(request, f"{job.task}: {job.settlement}", messages.SUCCESS)

    def has_settle_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("common.change_failedjob")


@admin.register(ScheduledRun)
class ScheduledRunAdmin(ReadOnlyAdmin):
    list_display = ["task", "slot_at", "enqueued_at"]
    list_filter = ["task"]
    date_hierarchy = "slot_at"


@admin.register(BackgroundJob)
class BackgroundJobAdmin(ReadOnlyAdmin):
    list_display = ["title", "owner", "state", "done", "total", "created_at", "finished_at"]
    list_filter = ["state"]
    list_select_related = ["owner"]
    search_fields = ["title", "owner__email"]
