import pytest

from fitfoodie.common.connections import Policy
from fitfoodie.common.http import Answer, FetchError, post_json, send


def test_post_json(site, near):
    site.answer("/hook", b'{"ok":true}', status=202)
    answer = post_json(f"{site.url}/hook", {"id": 7}, headers={"webhook-id": "m1"}, policy=near)
    assert (answer.status, answer.content, answer.is_cut) == (202, b'{"ok":true}', False)
    method, _, headers, body = site.requests[0]
    assert (method, body) == ("POST", b'{"id":7}')
    assert (headers["Content-Type"], headers["webhook-id"]) == ("application/json", "m1")


@pytest.mark.parametrize("status", [410, 500])
def test_send_any_status_is_an_answer(site, near, status):
    site.answer("/", status=status)
    answer = send("POST", f"{site.url}/", content=b"x", policy=near)
    assert isinstance(answer, Answer)
    assert answer.status == status


def test_send_follows_no_redirect(site, near):
    site.answer("/", status=307, Location="http://169.254.169.254/")
    answer = send("POST", f"{site.url}/", policy=near)
    assert (answer.status, answer.headers["location"]) == (307, "http://169.254.169.254/")
    assert len(site.requests) == 1


def test_send_long_answer_is_cut(site, near):
    site.answer("/", b"x" * 5000)
    answer = send("POST", f"{site.url}/", max_bytes=100, policy=near)
    assert (len(answer.content), answer.is_cut) == (100, True)


def test_send_inner_address():
    with pytest.raises(FetchError) as caught:
        post_json("http://10.0.0.5/hook", {}, policy=Policy())
    assert caught.value.code == "refused_address"
