"""What holds for every endpoint of the API, whoever adds one."""

import re

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import spectacular_settings
from rest_framework.permissions import BasePermission
from rest_framework.views import APIView

from fitfoodie.common.api.throttling import cost_of, scope_of
from fitfoodie.common.api.views import ApiView

VERBS = ("get", "post", "put", "patch", "delete")
# POSTs whose repeat does no harm, each with its reason.
MAY_REPEAT: dict[str, str] = {}


def _routes(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, getattr(pattern.callback, "cls", None)
        else:
            yield from _routes(pattern.url_patterns, route)


def _endpoints():
    """(route, view class) of everything below /api/v1/ that is ours to describe."""
    routes = _routes(get_resolver(settings.ROOT_URLCONF).url_patterns)
    return [(route, view) for route, view in routes if route.startswith("api/v1/") and "openapi" not in route]


ENDPOINTS = _endpoints()
IDS = [route for route, _ in ENDPOINTS]
VIEWS = [view for _, view in ENDPOINTS]


@pytest.fixture(scope="module")
def document():
    generator: type[SchemaGenerator] = spectacular_settings.DEFAULT_GENERATOR_CLASS
    return generator().get_schema(request=None, public=True)


def operations(document):
    return [
        (f"{verb.upper()} {path}", operation)
        for path, item in document["paths"].items()
        for verb, operation in item.items()
        if verb in VERBS
    ]


def test_there_are_endpoints():
    assert len(ENDPOINTS) > 10


@pytest.mark.parametrize("view", VIEWS, ids=IDS)
def test_endpoint_stands_on_the_common_base(view):
    assert view is not None
    assert issubclass(view, ApiView)


@pytest.mark.parametrize("view", VIEWS, ids=IDS)
def test_endpoint_names_its_permission_itself(view):
    """The default would be safe, but nobody would have decided (SEC-8)."""
    owners = [base for base in view.__mro__ if "permission_classes" in vars(base) or "get_permissions" in vars(base)]
    assert owners[0] not in (APIView, ApiView)
    assert view.permission_classes
    assert all(issubclass(permission, BasePermission) for permission in view.permission_classes)


@pytest.mark.parametrize("view", VIEWS, ids=IDS)
def test_endpoint_is_limited_by_a_known_scope(view):
    for verb in VERBS:
        if hasattr(view, verb):
            assert scope_of(view, verb.upper()) in settings.API_RATE_LIMITS
            assert cost_of(view, verb.upper()) >= 1
    assert view.throttle_classes


@pytest.mark.parametrize("view", VIEWS, ids=IDS)
def test_post_is_idempotent_by_key(view):
    post = getattr(view, "post", None)
    if post is not None and f"{view.__module__}.{view.__qualname__}" not in MAY_REPEAT:
        assert getattr(post, "is_idempotent", False), "decorate post with @idempotent() or say why it may repeat"


@pytest.mark.parametrize("view", VIEWS, ids=IDS)
def test_route_is_described(view, document):
    described = {path.replace("{", "<").replace("}", ">") for path in document["paths"]}
    route = next(route for route, other in ENDPOINTS if other is view)
    plain = "/" + "".join(part.split(":")[-1] if ":" in part else part for part in _split(route))
    assert plain in described


def _split(route):
    return [
        f"<{piece[1:-1].split(':')[-1]}>" if piece.startswith("<") else piece for piece in re.split(r"(<[^>]+>)", route)
    ]


def test_every_operation_says_what_it_takes_and_gives(document):
    for name, operation in operations(document):
        assert operation.get("summary"), f"{name} has no summary"
        assert "**Access**" in operation["description"], name
        assert "**Limit**" in operation["description"], name
        verb = name.split()[0]
        successes = {code: answer for code, answer in operation["responses"].items() if code < "300"}
        assert successes, f"{name} declares no success"
        for code, answer in successes.items():
            if code not in ("204", "205"):
                assert answer.get("content"), f"{name} {code} has no schema"
        if verb in ("POST", "PATCH"):
            assert operation.get("requestBody"), f"{name} has no schema for its body"


def test_every_operation_declares_problems(document):
    for name, operation in operations(document):
        assert {"400", "401", "404", "429", "500"} <= set(operation["responses"]), name


def test_every_json_body_has_an_example(document):
    """Each is executed by tests/contracts/test_examples.py (F32)."""
    for name, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            assert content["application/json"].get("examples"), f"{name} has no example"


def test_every_list_is_paged(document):
    """An answer with `results` has a size parameter and links to its neighbours (N78)."""
    schemas = document["components"]["schemas"]
    for name, operation in operations(document):
        content = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
        schema = content.get("schema", {})
        assert schema.get("type") != "array", f"{name} answers with a bare array: page it"
        properties = schemas.get(schema.get("$ref", "").rpartition("/")[2], {}).get("properties", {})
        if "results" in properties:
            assert set(properties) >= {"results", "next", "previous"}, name
            assert "page_size" in [parameter["name"] for parameter in operation["parameters"]], name


@pytest.mark.parametrize("view", VIEWS, ids=IDS)
def test_described_query_parameters_are_those_that_are_read(view, document):
    described = set()
    for path, item in document["paths"].items():
        if _matches(path, view) and "get" in item:
            described = {one["name"] for one in item["get"]["parameters"] if one["in"] == "query"}
    assert described == set(view.query_names)


def _matches(path, view):
    return any(
        "/" + "".join(_split(route)) == path.replace("{", "<").replace("}", ">") for route, v in ENDPOINTS if v is view
    )
