import pytest
from rest_framework.test import APIClient

from fitfoodie.common.api.problems import problem_types, register_problem

pytestmark = pytest.mark.django_db
KEYS = ["type", "title", "status", "detail", "code", "errors", "trace_id"]


def problem(response):
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert list(body)[:7] == KEYS
    assert body["status"] == response.status_code
    assert body["trace_id"] == response["X-Request-ID"]
    return body


def test_unknown_path_is_a_problem(api):
    response = api.get("/api/nowhere")
    assert problem(response)["code"] == "not_found"
    assert response.status_code == 404


def test_unknown_path_is_a_problem_for_every_verb(api):
    assert [api.generic(verb, "/api/x").status_code for verb in ("POST", "PUT", "PATCH", "DELETE")] == [404] * 4


def test_verb_not_offered_names_those_that_are(api):
    response = api.delete("/api/notes")
    assert problem(response)["code"] == "method_not_allowed"
    assert response["Allow"] == "GET, HEAD, POST"


def test_anonymous_write_asks_for_a_sign_in(api):
    response = api.post("/api/orders", {})
    assert (response.status_code, problem(response)["code"]) == (401, "not_authenticated")
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_missing_csrf_token_says_so(member):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(member)
    response = client.post("/api/orders", {})
    assert (response.status_code, problem(response)["code"]) == (403, "csrf_failed")


def test_foreign_content_type_is_refused(api):
    response = api.generic("POST", "/api/notes", "a=1", content_type="application/x-www-form-urlencoded")
    assert (response.status_code, problem(response)["code"]) == (415, "unsupported_media_type")


def test_accepting_only_html_is_refused(api):
    response = api.get("/api/notes", headers={"Accept": "text/html"})
    assert (response.status_code, problem(response)["code"]) == (406, "not_acceptable")


@pytest.mark.parametrize("accept", ["text/html, */*;q=0.1", "application/*", "application/json; charset=utf-8"])
def test_accepting_json_among_others_is_served(api, accept):
    assert api.get("/api/notes", headers={"Accept": accept}).status_code == 200


def test_refusing_json_by_quality_is_refused(api):
    assert api.get("/api/notes", headers={"Accept": "application/json;q=0"}).status_code == 406


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"title": NaN}', "malformed_json"),
        (b'{"title": 1e999}', "malformed_json"),
        (b'{"title": "\\ud800"}', "malformed_json"),
        (b"\xff\xfe", "malformed_json"),
        (b"{", "malformed_json"),
        (b"[" * 30 + b"]" * 30, "too_deep"),
    ],
)
def test_body_that_is_not_strict_json_is_refused(api, body, code):
    response = api.generic("POST", "/api/notes", body, content_type="application/json")
    assert (response.status_code, problem(response)["code"]) == (400, code)


def test_body_over_the_limit_is_refused(api, settings):
    settings.API_MAX_BODY_BYTES = 100
    response = api.generic("POST", "/api/notes", b'"' + b"a" * 200 + b'"', content_type="application/json")
    assert (response.status_code, problem(response)["code"]) == (413, "body_too_large")


def test_wrong_fields_are_named_by_pointer(api):
    response = api.post("/api/notes", {"title": "", "lines": [{"text": "ok"}, {"text": "far too long text"}]})
    assert [(error["pointer"], error["code"]) for error in problem(response)["errors"]] == [
        ("/title", "blank"),
        ("/lines/1/text", "max_length"),
    ]


def test_unknown_and_read_only_fields_are_refused_by_name(api):
    response = api.post("/api/notes", {"title": "x", "id": 5, "is_verified": True})
    assert [(error["pointer"], error["code"]) for error in problem(response)["errors"]] == [
        ("/id", "unknown_field"),
        ("/is_verified", "unknown_field"),
    ]


def test_body_that_is_no_object_is_refused(api):
    response = api.post("/api/notes", [1, 2])
    assert [(error["pointer"], error["code"]) for error in problem(response)["errors"]] == [("", "invalid")]


def test_unknown_query_parameter_is_refused(api):
    response = api.get("/api/notes?orderng=newest")
    assert problem(response)["errors"][0]["pointer"] == "?orderng"


def test_nul_in_the_address_is_refused(api):
    assert problem(api.get("/api/notes?task=%00"))["code"] == "bad_request"
    assert problem(api.get("/api/fail/%00"))["code"] == "not_found"


def test_domain_error_names_its_field(api):
    body = problem(api.get("/api/fail/domain"))
    assert (body["status"], body["code"], body["type"]) == (400, "no_colour", "about:blank")
    assert body["errors"] == [{"pointer": "/colour", "code": "no_colour", "detail": "No such colour."}]


def test_domain_error_of_several_fields_names_each(api):
    body = problem(api.get("/api/fail/several"))
    assert body["detail"] == "2 fields need attention."
    assert [(error["pointer"], error["detail"]) for error in body["errors"]] == [
        ("/title", "Too long."),
        ("/servings", "Too few."),
    ]


def test_missing_row_is_404(api):
    assert problem(api.get("/api/fail/gone"))["code"] == "not_found"


def test_conflict_is_409(api):
    assert problem(api.get("/api/fail/conflict"))["status"] == 409


def test_illegal_transition_lists_the_legal_ones(api):
    body = problem(api.get("/api/fail/transition"))
    assert (body["status"], body["legal"]) == (409, ["archived", "draft"])


def test_crash_tells_nothing_but_its_trace(api):
    api.raise_request_exception = False
    response = api.get("/api/fail/crash")
    body = problem(response)
    assert (body["status"], body["code"], body["errors"]) == (500, "internal_error", [])
    assert b"secret" not in response.content


def test_unknown_version_lists_the_supported_ones(api, settings):
    response = api.get("/api/notes", headers={"FitFoodie-Version": "1999-01-01"})
    assert problem(response)["supported"] == settings.API_VERSIONS


@pytest.mark.parametrize("headers", [{}, {"FitFoodie-Version": "2026-11-01"}])
def test_answer_names_its_version(api, headers):
    assert api.get("/api/notes", headers=headers)["FitFoodie-Version"] == "2026-11-01"


def test_problem_declared_twice_is_refused():
    kind = problem_types()[0]
    with pytest.raises(ValueError, match=kind.code):
        register_problem(kind.code, 400, "Again", "Never")
