"""The OpenAPI description: what drf-spectacular cannot see by itself, said once for every endpoint."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema as SpectacularAutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework.permissions import AllowAny

from fitfoodie.common.api.problems import MEDIA_TYPE
from fitfoodie.common.api.serializers import ProblemSerializer
from fitfoodie.common.api.throttling import cost_of, scope_of
from fitfoodie.common.api.versioning import HEADER as VERSION_HEADER

_READ_PROBLEMS = {"400", "404", "405", "406", "429", "500"}
_WRITE_PROBLEMS = {"403", "409", "412", "413", "415", "422", "428"}
_TITLES = {
    "400": "Not valid",
    "401": "Not signed in",
    "403": "Not allowed",
    "404": "Not found",
    "405": "Verb not offered",
    "406": "Only JSON is served",
    "409": "Does not fit the present state",
    "412": "Somebody saved in between",
    "413": "Too large",
    "415": "Content type not read here",
    "422": "Idempotency key reused",
    "428": "If-Match missing",
    "429": "Too many requests",
    "500": "Our fault",
}


def _header(name: str, description: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": description,
        "schema": {"type": "string"} | more,
    }


def only_versioned_routes(endpoints: Iterable[tuple[str, Any, str, Any]]) -> list[tuple[str, Any, str, Any]]:
    """The sign-in routes are described by allauth's own reference; here is what is ours."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]


class Generator(SchemaGenerator):
    """Describes views as unversioned: the header is written out below, spectacular knows only its own schemes."""

    def create_view(self, *args: Any, **kwargs: Any) -> Any:
        view = super().create_view(*args, **kwargs)  # type: ignore[no-untyped-call]  # spectacular's base
        view.versioning_class = None
        return view


class AutoSchema(SpectacularAutoSchema):
    """Adds to every operation: its limit, its sign-in, its version header, its problems."""

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def get_summary(self) -> str | None:
        """The first sentence of the handler's docstring, where no summary is given."""
        text = self.get_description() or ""
        return super().get_summary() or text.split("\n")[0].split(". ")[0].rstrip(".") or None

    def _is_open(self) -> bool:
        return all(isinstance(permission, AllowAny) for permission in self.view.get_permissions())

    def _access(self) -> str:
        classes = [type(permission).__name__ for permission in self.view.get_permissions()]
        if self._is_open():
            return "**Access**: everyone."
        return (
            "**Access**: everyone may read, writing needs a sign-in."
            if "OrReadOnly" in "".join(classes)
            else "**Access**: signed in."
        )

    def _limit(self) -> str:
        scope, cost = scope_of(self.view, self.method), cost_of(self.view, self.method)
        quota, _, window = settings.API_RATE_LIMITS[scope].partition("/")
        text = f"**Limit**: scope `{scope}`, {quota} in {window} s, costs {cost}"
        if stranger := settings.API_RATE_LIMITS.get(f"anonymous_{scope}"):
            text += f"; {stranger.replace('/', ' in ')} s for an address that is not signed in"
        return f"{text}."

    def get_auth(self) -> list[dict[str, list[str]]]:
        schemes: list[dict[str, list[str]]] = [{"accessToken": []}, {"session": []}]
        needs_sign_in = not self._is_open() and not self._may_read_openly()
        return schemes if needs_sign_in else [*schemes, {}]

    def _may_read_openly(self) -> bool:
        names = [type(permission).__name__ for permission in self.view.get_permissions()]
        return self.method in ("GET", "HEAD") and any("OrReadOnly" in name for name in names)

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        # Here and not in get_description, which a description given beside the endpoint replaces.
        text = operation.get("description", "")
        operation["description"] = f"{text}\n\n{self._access()} {self._limit()}".strip()
        parameters = operation.setdefault("parameters", [])
        version = _header(VERSION_HEADER, "Dated version of the API; the oldest supported one when missing.")
        version["schema"]["enum"] = list(settings.API_VERSIONS)
        parameters.append(version)
        self._add_special_headers(parameters)
        operation["x-throttle-scope"] = scope_of(self.view, self.method)
        self._add_problems(operation)
        return operation

    def _add_special_headers(self, parameters: list[dict[str, Any]]) -> None:
        handler = getattr(self.view, self.method.lower(), None)
        if getattr(handler, "is_idempotent", False):
            text = (
                "Sent again with the same body, the request is answered from store and has no second effect. 24 hours."
            )
            parameters.append(_header("Idempotency-Key", text, minLength=1, maxLength=255, pattern="^[!-~]+$"))
        if self.method in getattr(self.view, "if_match_methods", ()):
            text = "The ETag that was read; `*` to overwrite whatever is stored. Missing: 428. Stale: 412."
            parameters.append(_header("If-Match", text))
        if self.method == "GET":
            parameters.append(_header("If-None-Match", "The ETag you hold: 304 when it is still good."))

    def _add_problems(self, operation: dict[str, Any]) -> None:
        component: ResolvedComponent = self.resolve_serializer(ProblemSerializer, "response")
        codes = set(_READ_PROBLEMS) if self.method == "GET" else _READ_PROBLEMS | _WRITE_PROBLEMS
        codes.add("401")
        for code in sorted(codes - set(operation["responses"])):
            operation["responses"][code] = {
                "description": _TITLES[code],
                "content": {MEDIA_TYPE: {"schema": component.ref}},
            }
        if self.method == "GET":
            operation["responses"]["304"] = {"description": "What you hold is still good."}


_LIMIT_HEADERS = {
    "RateLimit": {
        "schema": {"type": "string"},
        "description": "What is left of the quota, and seconds until it is whole.",
    },
    "RateLimit-Policy": {"schema": {"type": "string"}, "description": "The quota and its window in seconds."},
}


def declare_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Moves repeated problem answers and limit headers into components, and writes the headers beside each answer."""
    components = result.setdefault("components", {})
    components["headers"] = _LIMIT_HEADERS | {
        "Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."},
        VERSION_HEADER: {"schema": {"type": "string"}, "description": "The version this answer is given in."},
    }
    shared = components.setdefault("responses", {})
    for operation in _operations(result):
        for code, response in operation["responses"].items():
            operation["responses"][code] = _shared_or_headed(code, response, shared)
    _drop_enum_ids(components["schemas"])
    return result


def _drop_enum_ids(node: Any) -> None:
    """Enumerations stay where they are used: shared names for them would clash whenever an app adds one."""
    if isinstance(node, dict):
        node.pop("x-spec-enum-id", None)
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        _drop_enum_ids(inner)


def _operations(result: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    return [
        operation for item in result["paths"].values() for operation in item.values() if isinstance(operation, dict)
    ]


def _shared_or_headed(code: str, response: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    if MEDIA_TYPE in response.get("content", {}):
        if code == "429":
            response["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
        shared[f"Problem{code}"] = response
        return {"$ref": f"#/components/responses/Problem{code}"}
    names = [*_LIMIT_HEADERS, VERSION_HEADER]
    response.setdefault("headers", {}).update({name: {"$ref": f"#/components/headers/{name}"} for name in names})
    return response


class PageSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    target_class = "fitfoodie.common.api.authentication.PageSessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
