"""A miniature API that uses every part of the ground once."""

import threading
import time

from django.http import HttpResponse
from django.urls import include, path, re_path
from rest_framework import serializers
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response

from fitfoodie.common.api.conditional import conditional, required_version
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import Ordering, numbered_page, page_body, rank_page
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.serializers import StrictSerializer
from fitfoodie.common.api.views import ApiView, FastListView, UnknownPathView
from fitfoodie.common.errors import ConflictError, DomainError, IllegalTransitionError, StaleVersionError
from fitfoodie.common.models import ScheduledRun

effects = []
failures = []
_lock = threading.Lock()


class LineSerializer(StrictSerializer):
    text = serializers.CharField(max_length=10)


class NoteSerializer(StrictSerializer):
    title = serializers.CharField(max_length=20)
    lines = LineSerializer(many=True, required=False)
    id = serializers.IntegerField(read_only=True)


class NotesView(FastListView):
    """Runs stand in for any row: `task` is their title, `slot_at` their time."""

    permission_classes = (AllowAny,)
    query_names = FastListView.query_names | {"ordering", "task"}

    def ordering_for(self, request):
        return Ordering("slot_at", is_descending=request.GET.get("ordering") != "oldest")

    def rows(self, request):
        rows = ScheduledRun.objects.values("id", "task", "slot_at")
        return rows.filter(task=request.GET["task"]) if "task" in request.GET else rows

    def shaped(self, request, rows):
        return [{"title": row["task"], "at": row["slot_at"]} for row in rows]

    def post(self, request):
        note = NoteSerializer(data=request.data)
        note.is_valid(raise_exception=True)
        return Response(note.validated_data, status=201)


class OrdersView(ApiView):
    permission_classes = (IsAuthenticated,)

    @idempotent()
    def post(self, request):
        if failures:
            raise failures.pop()
        with _lock:
            effects.append(request.data)
        time.sleep(0.05)
        run = ScheduledRun.objects.create(
            task=f"order {len(effects)}", slot_at="2026-11-01T00:00Z", enqueued_at="2026-11-01T00:00Z"
        )
        return Response({"id": run.pk, "asked": request.data}, status=201, headers={"Location": f"/orders/{run.pk}"})


class SlowOrdersView(OrdersView):
    @idempotent(is_atomic=False)
    def post(self, request):
        effects.append(request.data)
        return HttpResponse(status=204)


class DocumentView(ApiView):
    permission_classes = (AllowAny,)
    if_match_methods = ("PATCH",)

    def get(self, request):
        return conditional(request, JsonAnswer({"text": "hello"}), version=3)

    def patch(self, request):
        version = required_version(request, current=3)
        if version != 3:
            error = StaleVersionError("Somebody saved in between.", current=3)
            error.current_document = {"text": "hello"}
            raise error
        return JsonAnswer({"version": 4})


class SeveralError(DomainError):
    errors = {"title": "Too long.", "servings": "Too few."}


class FailingView(ApiView):
    permission_classes = (AllowAny,)

    def get(self, request, kind):
        raise {
            "domain": DomainError("No such colour.", code="no_colour", field="colour"),
            "several": SeveralError("Two are wrong."),
            "gone": ScheduledRun.DoesNotExist(),
            "conflict": ConflictError("Taken."),
            "transition": IllegalTransitionError("Not now.", legal=["draft", "archived"]),
            "crash": RuntimeError("secret table name"),
        }[kind]


class RankedView(ApiView):
    permission_classes = (AllowAny,)
    query_names = frozenset({"cursor", "page_size", "page"})

    def get(self, request):
        if "page" in request.GET:
            page = numbered_page(request, range(5))
            return JsonAnswer(page_body(page, page.results))
        ranked, page = rank_page(request, range(50))
        return JsonAnswer(page_body(page, ranked))


api = [
    path("notes", NotesView.as_view()),
    path("orders", OrdersView.as_view()),
    path("slow-orders", SlowOrdersView.as_view()),
    path("document", DocumentView.as_view()),
    path("fail/<str:kind>", FailingView.as_view()),
    path("ranked", RankedView.as_view()),
    re_path("", UnknownPathView.as_view()),
]
urlpatterns = [path("api/", include(api))]
