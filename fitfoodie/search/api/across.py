"""The one search in the API."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.exceptions import ProblemError, invalid
from fitfoodie.common.api.problems import FieldError
from fitfoodie.common.api.reference import query
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView
from fitfoodie.search import groups
from fitfoodie.search.across import MAX_SHOWN, SHOWN, Answer, cleaned, search_everything
from fitfoodie.search.groups import Result
from fitfoodie.search.questions import MAX_TEXT


class SearchResultSerializer(serializers.Serializer[Any]):
    id = serializers.CharField(help_text="As in the list of its kind: a slug, a handle or an id.")
    title = serializers.CharField()
    title_html = serializers.CharField(help_text="Escaped, what was asked for inside `<mark>`.")
    snippet_html = serializers.CharField(allow_blank=True, help_text="Where else the words stand, marked the same way.")
    detail = serializers.CharField(allow_blank=True, help_text="In the caller's language, to be shown below the title.")
    picture = serializers.CharField(allow_null=True)
    url = serializers.URLField(help_text="Its page.")
    api_url = serializers.URLField(help_text="The whole of it, here.")


class SearchGroupSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="`meals`, `creators`, `classes` or `posts`.")
    label = serializers.CharField()  # type: ignore[assignment]  # a field that DRF keeps apart by metaclass
    results = SearchResultSerializer(many=True)
    has_more = serializers.BooleanField()
    corrected = serializers.CharField(allow_null=True, help_text="What was searched instead of what was typed.")
    all_url = serializers.URLField(
        allow_null=True, help_text="The list of all that is found; null where there is none."
    )


class SearchSerializer(serializers.Serializer[Any]):
    query = serializers.CharField()
    groups = SearchGroupSerializer(many=True)


_LIMIT = {"type": "integer", "minimum": 1, "maximum": MAX_SHOWN, "default": SHOWN}


class SearchView(ApiView):
    permission_classes = (AllowAny,)
    throttle_scope = "search"
    throttle_cost = 4
    query_names = frozenset({"q", "in", "limit"})

    @extend_schema(
        operation_id="search",
        summary="Search everything",
        description="Meals, creators, classes to come and posts at once, each with its own search; groups that found "
        "nothing are there without results.",
        parameters=[
            query("q", "What is looked for.", {"type": "string", "maxLength": MAX_TEXT}, required=True),
            query("in", "Names of groups, separated by commas: only these."),
            query("limit", f"Results of each group, at most {MAX_SHOWN}.", _LIMIT),
        ],
        responses=SearchSerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        text = cleaned(request.GET.get("q", ""))
        if not text:
            raise _refused("q", "required", "Say what to look for: ?q=lentil")
        only, limit = _groups(request), _limit(request)
        answers = search_everything(text, request.user, now=timezone.now(), only=only, limit=limit)
        return conditional(request, JsonAnswer({"query": text, "groups": [_group(each, text) for each in answers]}))


def _groups(request: Request) -> list[str]:
    wanted = [name.strip() for name in request.GET.get("in", "").split(",") if name.strip()]
    if any(groups.get(name) is None for name in wanted):
        raise _refused("in", "unknown_group", f"There are: {', '.join(groups.names())}.")
    return wanted


def _limit(request: Request) -> int:
    given = request.GET.get("limit", str(SHOWN))
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 5 else 0
    if not 1 <= number <= MAX_SHOWN:
        raise _refused("limit", "out_of_range", f"A whole number from 1 to {MAX_SHOWN}.")
    return number


def _refused(name: str, code: str, detail: str) -> ProblemError:
    return ProblemError(invalid([FieldError(f"?{name}", code, detail)]))


def _group(answer: Answer, text: str) -> dict[str, Any]:
    group, found = answer.group, answer.found
    return {
        "name": group.name,
        "label": str(group.label),
        "results": [_result(each) for each in found.results],
        "has_more": found.has_more,
        "corrected": found.corrected_text,
        "all_url": _absolute(group.api(text)) if group.api(text) else None,
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "id": result.id,
        "title": result.title,
        "title_html": str(result.title_html),
        "snippet_html": str(result.snippet),
        "detail": result.detail,
        "picture": _absolute(result.picture) if result.picture else None,
        "url": _absolute(result.url),
        "api_url": _absolute(result.api_url),
    }


def _absolute(address: str) -> str:
    return address if "://" in address else settings.SITE_URL + address
