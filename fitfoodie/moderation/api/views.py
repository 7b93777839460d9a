"""Reports in the API: file one, see one's own and what became of them."""

from typing import Any, cast

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import Ordering, keyset_page, page_body
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import PAGING_NAMES, ApiView
from fitfoodie.common.client_ip import client_ip
from fitfoodie.moderation.api.serializers import ReportInputSerializer, ReportSerializer, report_shape
from fitfoodie.moderation.models import Report
from fitfoodie.moderation.selectors import report_for, reports_of, shown_to
from fitfoodie.moderation.services.report import Complaint, file_report, find_target

_NEWEST = Ordering("id", is_descending=True)


class ReportsView(ApiView):
    query_names = PAGING_NAMES

    def get_permissions(self) -> list[Any]:
        return [AllowAny()] if self.request.method == "POST" else [IsAuthenticated()]

    @extend_schema(
        operation_id="reports_list",
        summary="My reports",
        description="What the caller reported, the newest first, with what became of it.",
        parameters=CURSOR_PAGING,
        responses=page_of(ReportSerializer),
    )
    def get(self, request: Request) -> HttpResponse:
        me = cast("User", request.user)
        page = keyset_page(request, reports_of(me), _NEWEST, caller=me.pk)
        things = shown_to(me, page.results)
        return conditional(request, JsonAnswer(page_body(page, [report_shape(r, things[r.pk]) for r in page.results])))

    @extend_schema(
        operation_id="reports_create",
        summary="Report a person or a thing",
        description=(
            "Answers with the receipt. The same caller, thing and category have one open report: a repeat answers 200 "
            "with it. Callers who are not signed in may report `illegal` content."
        ),
        request=ReportInputSerializer,
        responses={201: ReportSerializer, 200: ReportSerializer},
        examples=[
            OpenApiExample(
                "An allergen is missing",
                value={
                    "target": {"type": "meal", "slug": "theirs"},
                    "category": "allergen",
                    "note": "The broth has celery in it.",
                },
                request_only=True,
            )
        ],
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponse:
        given = ReportInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        key = dict(given.validated_data["target"])
        kind = key.pop("type")
        try:
            target, row = find_target(request.user, kind, key)
        except LookupError:
            raise Http404 from None
        said = {"email": "", **{name: given.validated_data[name] for name in given.validated_data if name != "target"}}
        report, is_new = file_report(
            reporter=request.user,
            target=target,
            row=row,
            complaint=Complaint(**said),
            address=client_ip(request._request),
            now=timezone.now(),
        )
        return _answer(request, report, status=201 if is_new else 200)


class ReportView(ApiView):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="reports_read",
        summary="A receipt and its outcome",
        description="One's own. Of a report without an account, whoever has the receipt; without its words.",
        responses=ReportSerializer,
    )
    def get(self, request: Request, public_id: str) -> HttpResponse:
        try:
            report = report_for(request.user, public_id)
        except Report.DoesNotExist:
            raise Http404 from None
        return conditional(request, _answer(request, report))


def _answer(request: Request, report: Report, *, status: int = 200) -> JsonAnswer:
    thing = shown_to(request.user, [report])[report.pk]
    return JsonAnswer(report_shape(report, thing), status=status)
