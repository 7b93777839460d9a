from django.utils import timezone

from meals import services as meals
from meals.tests.factories import NOW
from social.services.like import like
from social.services.own_reactions import documents_of
from social.services.share import make_share_link, share


def test_download_holds_what_one_said_liked_and_shared_without_keys(ada, sam, soup, draft, say):
    comment = say(soup, sam, "Good.")
    say(soup, ada, "Not mine.")
    like(row=soup, user=sam, now=NOW)
    share(row=soup, user=sam, channel="qr", now=NOW)
    base = {"about": "meals.meal", "title": "Red lentil soup"}
    assert {each.name: each.data for each in documents_of(sam)} == {
        "comments": [base | {"text": "Good.", "written_at": comment.created_at, "edited_at": None, "deleted_at": None}],
        "likes": [base | {"liked_at": NOW}],
        "shares": [base | {"channel": "qr", "shared_at": NOW}],
        "share-links": [],
    }
    link = make_share_link(row=draft, creator=ada, now=timezone.now())
    assert documents_of(ada)[3].data == [
        {"about": "meals.meal", "title": "Secret stew"}
        | {"made_at": link.created_at, "opens_until": link.expires_at, "revoked_at": None}
    ]


def test_title_of_what_one_may_no_longer_see_is_left_out(ada, sam, soup):
    like(row=soup, user=sam, now=NOW)
    meals.archive_meal(meal_id=soup.pk, actor=ada, now=NOW)
    assert documents_of(sam)[1].data == [{"about": "meals.meal", "title": "", "liked_at": NOW}]
