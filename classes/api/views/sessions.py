"""The list of classes, and one class."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request

from classes.api import shapes
from classes.api.parameters import FILTER_NAMES, FILTERS, ORDERING
from classes.api.session_serializers import ClassCardSerializer, ClassSerializer
from classes.api.views.host_sessions import KeepsClass, SchedulesClasses
from classes.filters import DISTANCE, ME, RELEVANCE, InvalidFiltersError, SessionFilters
from classes.selectors import timetable
from classes.selectors.my_seats import my_seats
from classes.spoken import understand
from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.exceptions import ProblemError, invalid
from fitfoodie.common.api.pagination import Ordering
from fitfoodie.common.api.problems import FieldError
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView, FastListView


def filters_of(request: Request) -> SessionFilters:
    """What was meant. Raises 400 naming every parameter that cannot be read, or that lacks another."""
    try:
        filters = understand(SessionFilters.from_query(request.GET))
    except InvalidFiltersError as error:
        raise _refused({name: (error.code, text) for name, text in error.errors.items()}) from error
    has_place = timetable.place_of(filters, request.user) is not None
    if filters.near and not has_place and "near" in request.GET:
        raise _refused({"near": ("unknown_place", "Your profile names no city: say near=latitude,longitude.")})
    if filters.ordering == DISTANCE and not has_place:
        raise _refused({"ordering": ("needs_place", "To order by distance, say near or city too.")})
    return filters


def _refused(errors: dict[str, tuple[str, str]]) -> ProblemError:
    return ProblemError(invalid([FieldError(f"?{name}", code, text) for name, (code, text) in errors.items()]))


class SessionListView(SchedulesClasses, FastListView):
    permission_classes = (IsAuthenticatedOrReadOnly,)
    query_names = FastListView.query_names | FILTER_NAMES | {"ordering"}

    @extend_schema(
        operation_id="classes_list",
        summary="Find classes",
        description="Coming classes of open studios; past and cancelled ones are not in it.",
        parameters=[*FILTERS, ORDERING, *CURSOR_PAGING],
        responses=page_of(ClassCardSerializer),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        self.filters = filters_of(request)
        return super().get(request, *args, **kwargs)

    def rows(self, request: Request) -> QuerySet[Any, dict[str, Any]]:
        found = timetable.sessions_for(request.user, self.filters, now=timezone.now())
        return _values(found, request, shapes.CARD_COLUMNS)

    def ordering_for(self, request: Request) -> Ordering:
        if self.filters.ordering == DISTANCE:
            return Ordering("distance_km")
        if self.filters.ordering == RELEVANCE and self.filters.q:
            return Ordering("search_rank", is_descending=True)
        return Ordering("starts_at")

    def caller(self, request: Request) -> Any:
        """ "Near me" is elsewhere for everybody."""
        return request.user.pk if self.filters.near == ME else None

    def shaped(self, request: Request, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        found = list(rows)
        mine = my_seats(request.user, [row["id"] for row in found])
        return [shapes.card(row, mine.get(row["id"])) for row in found]


class SessionView(KeepsClass, ApiView):
    permission_classes = (IsAuthenticatedOrReadOnly,)
    write_query_names = frozenset({"reason"})
    if_match_methods = ("PATCH",)

    @extend_schema(
        operation_id="classes_read",
        summary="Read a class",
        description="In every state: `status` says whether it takes place, `ends_at` whether it is over.",
        responses=ClassSerializer,
    )
    def get(self, request: Request, public_id: str) -> HttpResponse:
        row = _values(timetable.open_sessions(), request, shapes.DOCUMENT_COLUMNS).filter(public_id=public_id).first()
        if row is None:
            raise Http404
        mine = my_seats(request.user, [row["id"]]).get(row["id"])
        return conditional(request, JsonAnswer(shapes.document(row, mine)), version=row["version"])


def _values(found: timetable.Sessions, request: Request, columns: tuple[str, ...]) -> QuerySet[Any, dict[str, Any]]:
    ranked = [name for name in ("distance_km", "search_rank") if name in found.query.annotations]
    rows = found.annotate(is_instructor_shown=timetable.shows_instructor(request.user))
    return cast("QuerySet[Any, dict[str, Any]]", rows.values(*columns, "is_instructor_shown", *ranked))
