import pytest

pytestmark = pytest.mark.django_db


def test_unchanged_answer_is_304_without_a_body(api):
    first = api.get("/api/document")
    again = api.get("/api/document", headers={"If-None-Match": f'"other", W/{first["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert first["ETag"].startswith('"3.')


def test_changed_answer_is_sent_again(api):
    assert api.get("/api/document", headers={"If-None-Match": '"other"'}).status_code == 200


def test_any_tag_matches_a_star(api):
    assert api.get("/api/document", headers={"If-None-Match": "*"}).status_code == 304


def test_list_carries_a_tag_of_its_body(api):
    etag = api.get("/api/notes")["ETag"]
    assert api.get("/api/notes", headers={"If-None-Match": etag}).status_code == 304


def test_edit_without_if_match_is_428(api):
    response = api.patch("/api/document", {})
    assert (response.status_code, response.json()["code"]) == (428, "if_match_required")


def test_edit_of_a_stale_version_is_412_with_what_is_stored(api):
    body = api.patch("/api/document", {}, headers={"If-Match": '"2.abc"'}).json()
    assert (body["status"], body["current_version"], body["current"]) == (412, 3, {"text": "hello"})


@pytest.mark.parametrize("tag", ['"3.abcdef"', '"3"', "3", "*", 'W/"3.0a"'])
def test_edit_of_the_stored_version_is_carried_out(api, tag):
    assert api.patch("/api/document", {}, headers={"If-Match": tag}).json() == {"version": 4}


@pytest.mark.parametrize("tag", ["", "abc", '"-1"', '"1.2.3"', '"9999999999999"'])
def test_if_match_that_is_no_tag_of_ours_is_refused(api, tag):
    assert api.patch("/api/document", {}, headers={"If-Match": tag}).status_code == 400
