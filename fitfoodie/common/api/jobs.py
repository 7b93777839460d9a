"""Work that goes on after the answer: how far it is, what came out, and a way to stop it (F57)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView
from fitfoodie.common.jobs.services import cancel_background_job
from fitfoodie.common.models import BackgroundJob
from fitfoodie.common.models.job import JobState


class JobSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=JobState.values)
    done = serializers.IntegerField(min_value=0)
    total = serializers.IntegerField(allow_null=True, min_value=0, help_text="Unknown until the work has begun.")
    percent = serializers.IntegerField(allow_null=True, min_value=0, max_value=100)
    report = serializers.DictField(help_text="What came of it, in words of the person's language.")
    result_url = serializers.CharField(allow_null=True, help_text="Address of the page with the result.")
    error = serializers.CharField(allow_null=True, help_text="Why it failed, in words for the person.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


def job_body(request: Request, job: BackgroundJob) -> dict[str, Any]:
    return {
        "id": job.public_id,
        "title": job.title,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "percent": job.percent,
        "report": job.report,
        "result_url": request.build_absolute_uri(job.result_url) if job.result_url else None,
        "error": job.error or None,
        "created_at": job.created_at,
        "finished_at": job.finished_at,
    }


class JobView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="read_job", responses=JobSerializer)
    def get(self, request: Request, job_id: str) -> HttpResponse:
        """How far a job of one's own is. Ask again every few seconds until `finished_at` is set."""
        return conditional(request, JsonAnswer(job_body(request, _own(request, job_id))))

    @extend_schema(operation_id="cancel_job", responses={202: JobSerializer})
    def delete(self, request: Request, job_id: str) -> HttpResponse:
        """Ask the job to stop at its next step. One that has finished stays as it is."""
        job = cancel_background_job(job_id=_own(request, job_id).pk, now=timezone.now())
        return JsonAnswer(job_body(request, job), status=202)


def _own(request: Request, public_id: str) -> BackgroundJob:
    return get_object_or_404(BackgroundJob, public_id=public_id, owner=request.user)
