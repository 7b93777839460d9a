from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fitfoodie.common.errors import DomainError, NotAllowedError
from meals import services as meals
from meals.tests.factories import NOW, make_user
from social.models import Share, ShareLink
from social.services.share import make_share_link, revoke_share_link

SHARES = "/api/v1/meals/red-lentil-soup/shares"
LINKS = "/api/v1/meals/secret-stew/share-links"


@pytest.fixture
def link(ada, draft):
    return make_share_link(row=draft, creator=ada, now=timezone.now())


def opened(client, link):
    return client.get(reverse("social:shared", kwargs={"token": link.token}))


def about(row):
    return {"subject_type": "meals.meal", "subject_id": row.pk}


def test_a_person_counts_once_however_often_they_share(api, signed_in, sam, eve, soup, said):
    answers = [signed_in(who).post(SHARES, {"channel": how}) for who, how in ((sam, "link"), (sam, "qr"), (eve, "qr"))]
    assert [answer.json() for answer in answers] == [{"shares": 1}, {"shares": 1}, {"shares": 2}]
    facts = about(soup) | {"owner_id": soup.creator_id}
    assert said() == [
        ("social.share.made", facts | {"user_id": sam.pk, "channel": "link"}, sam),
        ("social.share.made", facts | {"user_id": eve.pk, "channel": "qr"}, eve),
    ]


def test_sharing_is_refused_to_strangers_and_by_odd_channels(api, signed_in, sam, ada, soup, draft):
    assert api.post(SHARES, {"channel": "link"}).status_code == 401
    assert signed_in(sam).post(SHARES, {"channel": "pigeon"}).json()["errors"][0]["pointer"] == "/channel"
    hidden = f"/api/v1/meals/{draft.slug}/shares"
    assert signed_in(sam).post(hidden, {"channel": "link"}).status_code == 404
    assert signed_in(ada).post(hidden, {"channel": "link"}).json() == {"shares": 0}
    refused = signed_in(make_user("new", verified=False)).post(SHARES, {"channel": "link"})
    assert (refused.status_code, refused.json()["code"], Share.objects.count()) == (403, "email_unverified", 0)


def test_link_is_made_for_a_week_opens_and_is_taken_back(api, client, signed_in, ada, draft, said):
    owner = signed_in(ada)
    made = owner.post(LINKS)
    assert made.status_code == 201, made.content
    link = ShareLink.objects.get()
    assert (made.json()["url"].endswith(f"/s/{link.token}"), len(link.token)) == (True, 32)
    assert (link.expires_at - link.created_at) == timedelta(days=7)
    page = opened(client, link)
    assert (page.status_code, page.headers["X-Robots-Tag"], page.headers["Referrer-Policy"]) == (
        200,
        "noindex, nofollow",
        "no-referrer",
    )
    assert ("Secret stew" in page.content.decode(), "no-store" in page.headers["Cache-Control"]) == (True, True)
    plate = client.get(reverse("meals:shared-cover", kwargs={"token": link.token}))
    assert (plate.status_code, plate.headers["Content-Type"]) == (200, "image/svg+xml")
    assert client.get("/meals/secret-stew/").status_code == 404
    assert owner.delete(LINKS).json() == {"revoked": 1}
    assert owner.delete(LINKS).json() == {"revoked": 0}
    assert [opened(client, link).status_code, client.get(plate.request["PATH_INFO"]).status_code] == [410, 404]
    facts = about(draft) | {"link_id": link.pk, "creator_id": ada.pk}
    assert said() == [
        ("social.share_link.created", facts | {"expires_at": link.expires_at.isoformat()}, ada),
        ("social.share_link.revoked", facts | {"reason": ""}, ada),
    ]


def test_links_are_not_guessable(ada, draft, client):
    tokens = {make_share_link(row=draft, creator=ada, now=NOW).token for _ in range(20)}
    assert (len(tokens), {len(token) for token in tokens}) == (20, {32})
    assert client.get("/s/guess").status_code == 404


def test_more_than_twenty_links_are_refused(signed_in, ada, draft):
    for _ in range(20):
        make_share_link(row=draft, creator=ada, now=timezone.now())
    assert signed_in(ada).post(LINKS).json()["code"] == "too_many_links"


def test_links_are_for_ones_own_and_for_what_is_not_public(api, signed_in, ada, sam, soup, draft):
    assert [api.post(LINKS).status_code, api.delete(LINKS).status_code] == [401, 401]
    assert [signed_in(sam).post(LINKS).status_code, signed_in(sam).delete(LINKS).status_code] == [404, 404]
    public = "/api/v1/meals/red-lentil-soup/share-links"
    assert [signed_in(who).post(public).status_code for who in (sam, ada)] == [403, 409]
    assert signed_in(sam).delete(public).status_code == 403
    assert signed_in(ada).post(LINKS, {"days": 31}).json()["errors"][0]["pointer"] == "/days"


def test_link_that_ran_out_says_so_and_offers_a_way_on(client, ada, draft):
    old = make_share_link(row=draft, creator=ada, now=NOW - timedelta(days=3650), days=1)
    page = opened(client, old)
    assert (page.status_code, "This link has run out" in page.content.decode()) == (410, True)


def test_link_leads_on_to_what_one_may_see_anyway(client, ada, draft, link):
    meals.publish_meal(meal_id=draft.pk, actor=ada, now=NOW)
    assert opened(client, link).headers["Location"] == draft.get_absolute_url()


def test_link_of_the_suspended_and_for_the_blocked_opens_nothing(client, ada, sam, draft, link, block):
    block(ada, sam)
    client.force_login(sam)
    assert opened(client, link).status_code == 410
    client.logout()
    assert opened(client, link).status_code == 200
    type(ada).objects.filter(pk=ada.pk).update(is_active=False)
    assert opened(client, link).status_code == 410


def test_link_to_what_was_deleted_has_run_out(client, ada, draft, link):
    meals.delete_meal(meal_id=draft.pk, actor=ada, now=NOW)
    assert opened(client, link).status_code == 410


def test_staff_take_a_link_back_with_a_reason(ada, mod, sam, draft, link, said):
    with pytest.raises(NotAllowedError):
        revoke_share_link(link_id=link.pk, actor=sam, now=NOW, reason="Hm.")
    with pytest.raises(DomainError, match="Say why"):
        revoke_share_link(link_id=link.pk, actor=mod, now=NOW, reason=" ")
    for _ in range(2):
        revoke_share_link(link_id=link.pk, actor=mod, now=NOW, reason="Spread about.")
    facts = about(draft) | {"link_id": link.pk, "creator_id": ada.pk, "reason": "Spread about."}
    assert said("social.share_link.revoked") == [("social.share_link.revoked", facts, mod)]
