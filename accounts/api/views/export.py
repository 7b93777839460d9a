from typing import Any, cast

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from accounts.models import DataExport, User
from accounts.selectors import latest_export
from accounts.services.data_export import fetch_export, start_export
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.rendering import JsonAnswer, OrjsonRenderer
from fitfoodie.common.api.serializers import NOTHING, StrictSerializer
from fitfoodie.common.api.views import ApiView
from fitfoodie.common.media import private_download
from fitfoodie.common.models.job import JobState


class ExportSerializer(serializers.Serializer[Any]):
    id = serializers.CharField(help_text="Of the job, for `jobs/{id}`.")
    state = serializers.ChoiceField(choices=JobState.values)
    done = serializers.IntegerField(min_value=0)
    total = serializers.IntegerField(allow_null=True, min_value=0)
    url = serializers.CharField(allow_null=True, help_text="Of the ZIP file, once it is there and while it is kept.")
    expires_at = serializers.DateTimeField(allow_null=True, help_text="From then on the file is gone.")


def export_body(request: Request, export: DataExport) -> dict[str, Any]:
    job = export.job
    address = reverse("v1:me-export-file", args=[job.public_id])
    is_kept = export.file and export.expires_at and export.expires_at > timezone.now()
    return {
        "id": job.public_id,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "url": request.build_absolute_uri(address) if is_kept else None,
        "expires_at": export.expires_at,
    }


class ExportView(ApiView):
    permission_classes = (IsAuthenticated,)
    throttle_scope = {"POST": "export", "default": "read"}

    @extend_schema(operation_id="read_export", responses=ExportSerializer)
    def get(self, request: Request) -> HttpResponse:
        """The latest download of one's own data. 404 for somebody who never asked for one."""
        export = latest_export(_person(request))
        if export is None:
            raise Http404
        return conditional(request, JsonAnswer(export_body(request, export)))

    @extend_schema(
        operation_id="start_export",
        request=NOTHING,
        responses={202: ExportSerializer},
        examples=[OpenApiExample("Everything", value={}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        """Have everything about oneself put into one ZIP file.

        It is made in the background; while one is being made, that one is answered.
        """
        StrictSerializer(data=request.data).is_valid(raise_exception=True)
        export = start_export(user=_person(request), now=timezone.now())
        return JsonAnswer(export_body(request, export), status=202)


class ExportFileView(ApiView):
    permission_classes = (IsAuthenticated,)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[BaseRenderer, str]:
        """The file is what it is, whatever is asked for; problems stay JSON."""
        return OrjsonRenderer(), "application/json"

    @extend_schema(operation_id="download_export", responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, export_id: str) -> HttpResponseBase:
        """The ZIP file: a page to read, JSON for other programs, photos. Kept for seven days."""
        name, file = fetch_export(user=_person(request), public_id=export_id, now=timezone.now())
        return private_download(file, name, "application/zip")


def _person(request: Request) -> User:
    return cast("User", request.user)  # the permission has turned everybody else away
