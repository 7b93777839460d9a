"""The back office of comments and links: staff look, and act with a reason."""

import pytest
from django.utils import timezone

from meals.tests.factories import make_moderator
from social.services.share import make_share_link


@pytest.fixture
def office(client, db):
    client.force_login(make_moderator("clerk", is_staff=True))
    return client


def act(client, model, action, row, **more):
    data = {"action": action, "_selected_action": [row.pk]} | more
    return client.post(f"/admin/social/{model}/", data, follow=True)


@pytest.mark.parametrize("model", ["comment", "sharelink"])
def test_lists_open_for_moderators_alone_and_take_no_new_rows(office, ada, sam, soup, draft, say, model):
    say(soup, sam)
    make_share_link(row=draft, creator=ada, now=timezone.now())
    assert office.get(f"/admin/social/{model}/", {"q": "sam"}).status_code == 200
    assert office.get(f"/admin/social/{model}/add/").status_code == 403
    office.force_login(sam)
    assert office.get(f"/admin/social/{model}/").status_code == 302


def test_comment_is_hidden_and_shown_again_with_a_reason(office, sam, soup, say):
    comment = say(soup, sam, "Buy pills")
    assert "Reason" in act(office, "comment", "hide", comment).content.decode()
    act(office, "comment", "hide", comment, reason="Advertising.")
    comment.refresh_from_db()
    assert comment.hidden_because == "Advertising."
    act(office, "comment", "show", comment, reason="A mistake.")
    comment.refresh_from_db()
    assert comment.is_shown is True


def test_link_is_taken_back_and_its_token_not_shown(office, ada, draft):
    link = make_share_link(row=draft, creator=ada, now=timezone.now())
    assert link.token not in office.get(f"/admin/social/sharelink/{link.pk}/change/").content.decode()
    act(office, "sharelink", "revoke", link, reason="Spread about.")
    link.refresh_from_db()
    assert link.revoked_at is not None
