"""The pieces below a meal and their own pages, as they work without scripts, and what htmx is answered."""

import pytest

from meals import services as meals
from meals.tests.factories import NOW, make_user
from social.models import Comment, Like, Share, ShareLink
from social.services.like import like
from social.services.share import make_share_link

HTMX = {"HTTP_HX_REQUEST": "true"}
PAGE = "/meals/red-lentil-soup/"


def at(row, last):
    return f"/reactions/meals.meal/{row.public_id}/{last}"


def on(comment, last):
    return f"/comments/{comment.public_id}/{last}"


def place(soup, comment):
    return f"{soup.get_absolute_url()}#comment-{comment.public_id}"


@pytest.fixture
def as_(client):
    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def test_meal_is_liked_and_no_longer_by_form(as_, sam, soup):
    client = as_(sam)
    assert client.post(at(soup, "like")).headers["Location"] == f"{PAGE}#like"
    assert 'aria-pressed="true"' in client.get(PAGE).content.decode()
    client.post(at(soup, "unlike"))
    assert Like.objects.count() == 0


def test_heart_is_drawn_anew_for_htmx(as_, sam, soup):
    client = as_(sam)
    liked = client.post(at(soup, "like"), **HTMX).content.decode()
    assert ('aria-pressed="true"' in liked, "1<span" in liked, at(soup, "unlike") in liked) == (True, True, True)
    assert 'aria-pressed="false"' in client.post(at(soup, "unlike"), **HTMX).content.decode()


def test_who_may_not_like_is_told_on_the_page(as_, soup):
    client = as_(make_user("new", verified=False))
    assert client.post(at(soup, "like")).headers["Location"] == PAGE
    assert client.post(at(soup, "like"), **HTMX).headers["HX-Redirect"] == PAGE
    assert "Verify your e-mail address first." in client.get(PAGE).content.decode()


def test_visitors_are_asked_to_sign_in(client, soup, draft, sam, say):
    comment = say(soup, sam)
    addresses = [at(soup, last) for last in ("like", "unlike", "share", "share-links", "who-may-comment")]
    addresses += [on(comment, last) for last in ("edit/", "delete/", "hide/", "show", "pin", "unpin", "like", "unlike")]
    answers = [client.post(address) for address in [*addresses, at(soup, "comments/")]]
    assert {answer.headers["Location"].split("?")[0] for answer in answers} == {"/accounts/login/"}
    assert "/accounts/login/?next=" in client.get(PAGE).content.decode()


def test_strangers_find_nothing_below_what_they_may_not_see(as_, sam, draft):
    client = as_(sam)
    posts = [client.post(at(draft, last)).status_code for last in ("like", "unlike", "comments/", "share-links")]
    reads = [client.get(at(draft, last)).status_code for last in ("likes/", "comments/", "qr.svg", "card.png")]
    odd = [client.get("/reactions/accounts.user/x/likes/").status_code, client.get("/comments/nothing/").status_code]
    assert posts + reads + odd == [404] * 10


def test_people_who_like_it_are_listed_in_pages(client, soup):
    for number in range(25):
        like(row=soup, user=make_user(f"p{number}"), now=NOW)
    first = client.get(at(soup, "likes/"))
    more = client.get(first.context["next_url"], **HTMX)
    assert (len(first.context["people"]), [each["handle"] for each in more.context["people"]]) == (24, ["p0"])
    assert client.get(at(soup, "likes/?before=x")).status_code == 200


def test_nobody_likes_it_yet(client, soup):
    assert "Nobody yet" in client.get(at(soup, "likes/")).content.decode()


def test_comment_is_written_on_the_page_and_read_below_the_meal(as_, sam, soup):
    client = as_(sam)
    words = "<b>Bold</b> https://example.org/?a=1&b=2 @ada and @nobody\nNext line"
    answer = client.post(at(soup, "comments/"), {"text": words})
    comment = Comment.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, place(soup, comment))
    page = client.get(PAGE).content.decode()
    text = page.split('class="comment-text">')[1].split("</div>")[0]
    assert text == (
        "&lt;b&gt;Bold&lt;/b&gt; "
        '<a href="https://example.org/?a=1&amp;b=2" rel="nofollow ugc noopener">https://example.org/?a=1&amp;b=2</a> '
        '<a class="mention" href="/@ada">@ada</a> and @nobody\nNext line'
    )


def test_comment_that_cannot_stand_comes_back_with_its_words(as_, ada, sam, soup, say):
    client = as_(sam)
    answer = client.post(at(soup, "comments/"), {"text": "x" * 2001})
    assert (answer.status_code, "x" * 2001 in answer.content.decode()) == (422, True)
    gone = client.post(at(soup, "comments/"), {"text": "Hm.", "reply_to": "nothing"})
    assert (gone.status_code, "no longer there" in gone.content.decode()) == (422, True)
    type(soup).objects.filter(pk=soup.pk).update(who_may_comment="nobody")
    closed = client.post(at(soup, "comments/"), {"text": "Hm."})
    assert (closed.status_code, "Comments are closed." in closed.content.decode()) == (422, True)


def test_reply_is_written_from_its_own_form(as_, sam, eve, soup, say):
    comment = say(soup, sam, "First")
    client = as_(eve)
    form = client.get(at(soup, f"comments/?reply_to={comment.public_id}")).content.decode()
    assert f'value="{comment.public_id}"' in form
    client.post(at(soup, "comments/"), {"text": "Second", "reply_to": comment.public_id})
    page = client.get(PAGE).content.decode()
    assert (page.index("First") < page.index("Second"), Comment.objects.last().parent) == (True, comment)


def test_long_threads_go_on_in_place_and_on_a_page_of_their_own(client, sam, soup, say):
    comment = say(soup, make_user("first"), "Thread")
    for number in range(4):
        say(soup, make_user(f"q{number}"), f"Answer {number}", reply_to=comment.public_id)
    page = client.get(PAGE).content.decode()
    assert ("Answer 1" in page, "Answer 2" in page, "Show all replies" in page) == (True, False, True)
    part = client.get(on(comment, ""), **HTMX).content.decode()
    assert [f"Answer {number}" in part for number in range(4)] == [True] * 4
    assert ("<html" in part, "<html" in client.get(on(comment, "")).content.decode()) == (False, True)


def test_many_comments_are_read_in_pages(client, ada, soup, say):
    for number in range(12):
        say(soup, make_user(f"q{number}"), f"Comment {number}.")
    first = client.get(at(soup, "comments/"))
    more = client.get(first.context["next_url"], **HTMX)
    shown = [[each["comment"].text for each in page.context["threads"]] for page in (first, more)]
    assert shown == [[f"Comment {number}." for number in range(11, 1, -1)], ["Comment 1.", "Comment 0."]]
    assert "<html" not in more.content.decode()


def test_own_comment_is_changed_and_taken_back(as_, sam, eve, soup, say):
    comment = say(soup, sam, "Befor")
    client = as_(sam)
    assert "Befor" in client.get(on(comment, "edit/")).content.decode()
    assert client.post(on(comment, "edit/"), {"text": " "}).status_code == 422
    assert client.post(on(comment, "edit/"), {"text": "\u202e"}).status_code == 422
    assert client.post(on(comment, "edit/"), {"text": "Before"}).headers["Location"] == place(soup, comment)
    assert "edited" in client.get(PAGE).content.decode()
    assert "gone for good" in client.get(on(comment, "delete/")).content.decode()
    assert client.post(on(comment, "delete/")).headers["Location"] == f"{PAGE}#comments"
    assert client.get(on(comment, "edit/")).status_code == 404
    other = say(soup, eve)
    assert [client.get(on(other, last)).status_code for last in ("edit/", "delete/")] == [404, 404]


def test_comment_is_liked_by_form_and_in_place(as_, sam, eve, soup, say):
    comment = say(soup, sam)
    client = as_(eve)
    assert client.post(on(comment, "like")).headers["Location"] == place(soup, comment)
    assert 'aria-pressed="false"' in client.post(on(comment, "unlike"), **HTMX).content.decode()
    assert 'aria-pressed="true"' in client.post(on(comment, "like"), **HTMX).content.decode()
    new = as_(make_user("new", verified=False))
    assert new.post(on(comment, "like")).headers["Location"] == place(soup, comment)


def test_owner_pins_hides_shows_and_limits(as_, ada, sam, soup, say):
    comment = say(soup, sam, "Words")
    reply = say(soup, sam, reply_to=comment.public_id)
    client = as_(ada)
    for last, expected in (("pin", True), ("unpin", False)):
        assert client.post(on(comment, last)).headers["Location"] == place(soup, comment)
        comment.refresh_from_db()
        assert comment.is_pinned is expected
    client.post(on(reply, "pin"))
    assert "Only a comment that everybody sees" in client.get(PAGE).content.decode()
    client.post(on(comment, "hide/"))
    assert "Hidden from everybody but its author." in client.get(PAGE).content.decode()
    client.post(on(comment, "show"))
    comment.refresh_from_db()
    assert comment.hidden_at is None
    for who, said in (("followers", "It holds from now on"), ("some", "Choose who may comment.")):
        client.post(at(soup, "who-may-comment"), {"who_may_comment": who})
        assert said in client.get(PAGE).content.decode()
    soup.refresh_from_db()
    assert soup.who_may_comment == "followers"


def test_staff_say_why_they_hide(as_, mod, sam, eve, soup, say):
    comment = say(soup, sam, "Words")
    client = as_(mod)
    assert "Reason" in client.get(on(comment, "hide/")).content.decode()
    assert client.post(on(comment, "hide/"), {"reason": ""}).status_code == 422
    client.post(on(comment, "hide/"), {"reason": "Advertising."})
    comment.refresh_from_db()
    assert (comment.hidden_because, comment.hidden_by) == ("Advertising.", mod)
    assert "Advertising." in as_(sam).get(PAGE).content.decode()
    answer = as_(eve).post(on(say(soup, sam, "More"), "hide/"), {"reason": "I want it."}, follow=True)
    assert "Only whose it is, or a moderator, may hide comments." in answer.content.decode()


def test_page_says_why_one_cannot_comment(as_, ada, sam, soup, draft):
    assert "Verify your e-mail address to comment." in as_(make_user("new", verified=False)).get(PAGE).content.decode()
    type(soup).objects.filter(pk=soup.pk).update(who_may_comment="followers")
    assert "Only followers may comment here." in as_(sam).get(PAGE).content.decode()
    assert "Comments open once it is published." in as_(ada).get(draft.get_absolute_url()).content.decode()


def test_share_dialog_of_a_public_meal_has_address_qr_and_card(client, soup, settings):
    page = client.get(PAGE).content.decode()
    assert (at(soup, "qr.svg") in page, f'og:image" content="{settings.SITE_URL}{at(soup, "card.png")}"' in page) == (
        True,
        True,
    )
    assert "data-share-native" in page


def test_owner_makes_and_takes_back_links_on_the_page(as_, ada, sam, soup, draft):
    client = as_(ada)
    assert client.post(at(draft, "share-links")).headers["Location"] == f"{draft.get_absolute_url()}#share"
    link = ShareLink.objects.get()
    page = client.get(draft.get_absolute_url()).content.decode()
    assert (f"/s/{link.token}" in page, "og:image" in page) == (True, False)
    client.post(at(draft, "share-links/revoke"))
    link.refresh_from_db()
    assert link.revoked_at is not None
    client.post(at(soup, "share-links"))
    assert "share its own address" in client.get(PAGE).content.decode()
    as_(sam).post(at(soup, "share-links/revoke"))
    assert "Only whose it is makes links to it." in client.get(PAGE).content.decode()


def test_buttons_count_a_share_once(as_, sam, soup):
    client = as_(sam)
    assert [client.post(at(soup, "share"), {"channel": "native"}).status_code for _ in range(2)] == [204, 204]
    assert (Share.objects.count(), client.post(at(soup, "share"), {"channel": "x"}).status_code) == (1, 400)


def test_members_of_a_meal_for_followers_cannot_hand_it_on(as_, ada, soup):
    type(soup).objects.filter(pk=soup.pk).update(audience="followers")
    client = as_(ada)
    assert "Make a link" in client.get(PAGE).content.decode()
    assert [client.get(at(soup, last)).status_code for last in ("qr.svg", "card.png")] == [404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_comments_costs_the_same_however_many(as_, ada, sam, soup, say, count, django_assert_num_queries):
    for number in range(count):
        thread = say(soup, make_user(f"q{number}"), "Thanks @ada")
        say(soup, make_user(f"r{number}"), "Me too @ada", reply_to=thread.public_id)
    client = as_(sam)
    client.get(PAGE)
    with django_assert_num_queries(9):
        client.get(at(soup, "comments/"), **HTMX)


def test_a_hidden_meal_takes_its_comments_along(client, ada, sam, soup, say):
    comment = say(soup, sam)
    link = make_share_link(row=_archived(soup, ada), creator=ada, now=NOW)
    assert [client.get(address).status_code for address in (at(soup, "comments/"), on(comment, ""))] == [404, 404]
    assert link.pk


def _archived(soup, ada):
    return meals.archive_meal(meal_id=soup.pk, actor=ada, now=NOW)
