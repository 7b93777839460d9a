from datetime import timedelta

import pytest

from meals.tests.factories import NOW, make_creator, make_meal, make_user
from social.enums import FollowState
from social.models import Comment, Follow

COMMENTS = "/api/v1/meals/red-lentil-soup/comments"
WHO = "/api/v1/meals/red-lentil-soup/who-may-comment"


def of(comment):
    return f"/api/v1/comments/{comment.public_id}"


def facts(soup, comment, **more):
    return {
        "subject_type": "meals.meal",
        "subject_id": soup.pk,
        "owner_id": soup.creator_id,
        "comment_id": comment.pk,
    } | more


def texts(client, url=COMMENTS):
    return [each["text"] for each in client.get(url).json()["results"]]


def counts(soup):
    soup.refresh_from_db()
    return soup.comment_count


def test_comment_is_written_read_answered_changed_and_taken_back(api, signed_in, sam, eve, soup, said):
    client = signed_in(sam)
    written = client.post(COMMENTS, {"text": "  Made it tonight.\r\n\r\n\r\n\r\nThanks! "})
    assert written.status_code == 201, written.content
    shape = written.json()
    assert (shape["text"], shape["author"]["handle"], shape["edited_at"]) == (
        "Made it tonight.\n\nThanks!",
        "sam",
        None,
    )
    assert api.get(COMMENTS).json()["results"] == [shape]
    answer = signed_in(eve).post(COMMENTS, {"text": "Me too.", "reply_to": shape["id"]}).json()
    comment, reply = Comment.objects.order_by("pk")
    assert api.get(f"{of(comment)}/replies").json()["results"] == [answer]
    assert (reply.parent, counts(soup), api.get(COMMENTS).json()["results"][0]["replies"]) == (comment, 2, 1)
    edited = client.patch(of(comment), {"text": "Made it twice."}).json()
    assert (edited["text"], edited["edited_at"] is not None) == ("Made it twice.", True)
    assert client.delete(of(comment)).status_code == 204
    left = api.get(COMMENTS).json()["results"][0]
    assert (left["gone"], left["author"], left["text"], counts(soup)) == (True, None, "", 1)
    assert signed_in(eve).delete(of(reply)).status_code == 204
    assert (api.get(COMMENTS).json()["results"], counts(soup)) == ([], 0)
    reply_facts = facts(soup, reply, author_id=eve.pk)
    assert said() == [
        (
            "social.comment.written",
            facts(soup, comment, author_id=sam.pk, parent_id=None, parent_author_id=None),
            sam,
        ),
        ("social.comment.written", reply_facts | {"parent_id": comment.pk, "parent_author_id": sam.pk}, eve),
        ("social.comment.edited", facts(soup, comment, author_id=sam.pk), sam),
        ("social.comment.deleted", facts(soup, comment, author_id=sam.pk), sam),
        ("social.comment.deleted", reply_facts, eve),
    ]


def test_answer_to_an_answer_stands_beside_it(sam, soup, say):
    first = say(soup, sam)
    second = say(soup, sam, reply_to=first.public_id)
    third = say(soup, sam, reply_to=second.public_id)
    first.refresh_from_db()
    assert (third.parent, first.reply_count) == (first, 2)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/text"),
        ({"text": " \n "}, "/text"),
        ({"text": "\u202e\u2066"}, "/text"),
        ({"text": "x" * 2001}, "/text"),
        ({"text": "Fine.", "author": "ada"}, "/author"),
    ],
)
def test_comment_that_cannot_stand_is_refused_by_field(signed_in, sam, soup, body, pointer):
    response = signed_in(sam).post(COMMENTS, body)
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (400, pointer)


def test_commenting_needs_a_sign_in_a_visible_meal_and_a_verified_address(api, signed_in, sam, soup, draft):
    assert api.post(COMMENTS, {"text": "Hm."}).status_code == 401
    hidden = f"/api/v1/meals/{draft.slug}/comments"
    assert (signed_in(sam).post(hidden, {"text": "Hm."}).status_code, api.get(hidden).status_code) == (404, 404)
    refused = signed_in(make_user("new", verified=False)).post(COMMENTS, {"text": "Hm."})
    assert (refused.status_code, refused.json()["code"]) == (403, "email_unverified")


def test_own_draft_takes_no_comments(signed_in, ada, draft):
    refused = signed_in(ada).post(f"/api/v1/meals/{draft.slug}/comments", {"text": "Hm."})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_published")


def test_reply_under_another_meal_is_refused(signed_in, sam, soup, say):
    elsewhere = say(make_meal(make_creator("ben"), "Stew", publish=True), sam)
    answers = [signed_in(sam).post(COMMENTS, {"text": "Hm.", "reply_to": to}) for to in (elsewhere.public_id, "no")]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_comment_of_another_is_not_mine_to_change(api, signed_in, sam, eve, soup, say):
    url = of(say(soup, sam))
    client = signed_in(eve)
    assert [client.patch(url, {"text": "Hm."}).status_code, client.delete(url).status_code] == [403, 403]
    assert [api.patch(url, {}).status_code, api.delete(url).status_code] == [401, 401]
    assert client.delete("/api/v1/comments/nothing").status_code == 404


def test_editing_to_the_same_words_is_no_edit(signed_in, sam, soup, say, said):
    comment = say(soup, sam, "Good.")
    assert signed_in(sam).patch(of(comment), {"text": "Good. "}).json()["edited_at"] is None
    assert signed_in(sam).patch(of(comment), {"text": ""}).status_code == 400
    assert said("social.comment.edited") == []


def test_a_flood_is_refused(signed_in, sam, soup, say):
    for number in range(10):
        say(soup, sam, f"Number {number}")
    Comment.objects.update(created_at=NOW + timedelta(days=20000))
    refused = signed_in(sam).post(COMMENTS, {"text": "One more."})
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_comments")


def test_blocked_people_do_not_read_each_other_and_counts_stay(api, signed_in, sam, eve, soup, say, block):
    comment = say(soup, sam, "By sam")
    reply = say(soup, eve, "By eve", reply_to=comment.public_id)
    say(soup, eve, "Also by eve")
    block(sam, eve)
    seen = signed_in(eve).get(COMMENTS).json()["results"]
    assert [(each["text"], each["gone"], each["author"] is None) for each in seen] == [
        ("Also by eve", False, False),
        ("", True, True),
    ]
    assert texts(signed_in(sam)) == ["By sam"]
    assert texts(signed_in(sam), f"{of(comment)}/replies") == []
    assert texts(signed_in(eve), f"{of(comment)}/replies") == ["By eve"]
    assert signed_in(eve).get(COMMENTS).json()["results"][1]["replies"] == 1
    assert (counts(soup), texts(api)) == (3, ["Also by eve", "By sam"])
    assert signed_in(eve).post(COMMENTS, {"text": "Hm.", "reply_to": comment.public_id}).status_code == 404
    assert signed_in(sam).get(f"{of(reply)}/replies").status_code == 404


@pytest.mark.parametrize("change", [{"is_active": False}, {"deletion_requested_at": NOW}])
def test_words_of_the_suspended_and_the_leaving_are_not_there(api, sam, soup, say, change):
    say(soup, sam)
    type(sam).objects.filter(pk=sam.pk).update(**change)
    assert (texts(api), counts(soup)) == ([], 1)


def test_words_of_the_erased_leave_a_placeholder_above_answers(api, sam, eve, soup, say):
    comment = say(soup, sam)
    say(soup, eve, "Answer", reply_to=comment.public_id)
    Comment.objects.filter(pk=comment.pk).update(author=None, text="")
    shape = api.get(COMMENTS).json()["results"][0]
    assert (shape["gone"], shape["author"], texts(api, f"{of(comment)}/replies")) == (True, None, ["Answer"])


def test_owner_decides_who_comments_from_the_next_request(signed_in, ada, sam, eve, soup, say, said):
    say(soup, sam, "Before")
    assert signed_in(sam).put(WHO, {"who_may_comment": "nobody"}).status_code == 403
    owner = signed_in(ada)
    assert owner.put(WHO, {"who_may_comment": "some"}).json()["errors"][0]["pointer"] == "/who_may_comment"
    assert owner.put(WHO, {"who_may_comment": "followers"}).json() == {"who_may_comment": "followers"}
    Follow.objects.create(follower=eve, followee=ada, state=FollowState.ACCEPTED, requested_at=NOW, accepted_at=NOW)
    answers = [signed_in(one).post(COMMENTS, {"text": "Hm."}) for one in (sam, eve, ada)]
    assert [answer.status_code for answer in answers] == [403, 201, 201]
    assert answers[0].json()["code"] == "comments_closed"
    owner.put(WHO, {"who_may_comment": "nobody"})
    assert signed_in(eve).post(COMMENTS, {"text": "Hm."}).json()["detail"] == "Comments are closed."
    assert texts(signed_in(sam)) == ["Hm.", "Hm.", "Before"]
    owner.put(WHO, {"who_may_comment": "nobody"})
    base = {"subject_type": "meals.meal", "subject_id": soup.pk, "owner_id": ada.pk}
    assert said("social.comments.limited") == [
        ("social.comments.limited", base | {"who_may_comment": who}, ada) for who in ("followers", "nobody")
    ]


def test_owner_hides_and_shows_again_and_counts_follow(api, signed_in, ada, sam, eve, soup, say, said):
    comment = say(soup, sam, "Rude")
    url = f"{of(comment)}/hide"
    assert [api.put(url).status_code, signed_in(eve).put(url).status_code] == [401, 403]
    owner = signed_in(ada)
    assert [owner.put(url).status_code for _ in range(2)] == [204, 204]
    assert (texts(api), texts(signed_in(eve)), counts(soup)) == ([], [], 0)
    assert signed_in(eve).put(url).status_code == 404
    assert [(each["text"], each["hidden"]) for each in signed_in(sam).get(COMMENTS).json()["results"]] == [
        ("Rude", True)
    ]
    assert [owner.delete(url).status_code for _ in range(2)] == [204, 204]
    assert (texts(api), counts(soup)) == (["Rude"], 1)
    data = facts(soup, comment, author_id=sam.pk, is_by_staff=False, reason="")
    assert said("social.comment.hidden", "social.comment.shown") == [
        ("social.comment.hidden", data, ada),
        ("social.comment.shown", data, ada),
    ]


def test_staff_hide_with_a_reason_and_only_staff_show_again(api, signed_in, ada, mod, sam, soup, say, said):
    comment = say(soup, sam, "Buy pills")
    url = f"{of(comment)}/hide"
    assert signed_in(mod).put(url).json()["errors"][0]["pointer"] == "/reason"
    assert signed_in(mod).put(url, {"reason": "Advertising."}).status_code == 204
    assert signed_in(ada).delete(url).status_code == 403
    assert signed_in(mod).delete(url, {"reason": "A mistake."}).status_code == 204
    data = facts(soup, comment, author_id=sam.pk, is_by_staff=True)
    assert said("social.comment.hidden", "social.comment.shown") == [
        ("social.comment.hidden", data | {"reason": "Advertising."}, mod),
        ("social.comment.shown", data | {"reason": "A mistake."}, mod),
    ]


def test_hidden_then_taken_back_counts_once(signed_in, ada, sam, soup, say):
    comment = say(soup, sam)
    say(soup, ada, "Answer", reply_to=comment.public_id)
    signed_in(ada).put(f"{of(comment)}/hide")
    assert signed_in(sam).delete(of(comment)).status_code == 204
    assert counts(soup) == 1
    assert signed_in(ada).put(f"{of(comment)}/hide").status_code == 404


def test_one_comment_is_pinned_and_comes_first(api, signed_in, ada, sam, soup, say, said):
    first, second = say(soup, sam, "First"), say(soup, sam, "Second")
    say(soup, sam, "Third")
    owner = signed_in(ada)
    assert [signed_in(sam).put(f"{of(first)}/pin").status_code, api.put(f"{of(first)}/pin").status_code] == [403, 401]
    assert [owner.put(f"{of(first)}/pin").status_code for _ in range(2)] == [204, 204]
    assert texts(api) == ["First", "Third", "Second"]
    owner.put(f"{of(second)}/pin")
    page = api.get(COMMENTS, {"page_size": 1}).json()
    rest = api.get(page["next"]).json()
    assert [each["text"] for each in page["results"] + rest["results"]] == ["Second", "Third"]
    assert [owner.delete(f"{of(second)}/pin").status_code for _ in range(2)] == [204, 204]
    assert texts(api) == ["Third", "Second", "First"]
    names = ("social.comment.pinned", "social.comment.unpinned")
    assert said(*names) == [
        (names[0], facts(soup, first, author_id=sam.pk), ada),
        (names[0], facts(soup, second, author_id=sam.pk), ada),
        (names[1], facts(soup, second, author_id=sam.pk), ada),
    ]


def test_replies_and_hidden_comments_cannot_be_pinned(signed_in, ada, sam, soup, say):
    comment = say(soup, sam)
    reply = say(soup, sam, reply_to=comment.public_id)
    owner = signed_in(ada)
    owner.put(f"{of(comment)}/pin")
    owner.put(f"{of(comment)}/hide")
    comment.refresh_from_db()
    assert comment.is_pinned is False
    answers = [owner.put(f"{of(one)}/pin") for one in (reply, comment)]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(409, "not_pinnable")] * 2


def test_only_people_there_for_the_author_are_mentioned(api, signed_in, ada, sam, eve, soup, say, said, block):
    gone = make_user("gone")
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    block(eve, sam)
    words = "@Ada @eve @gone @nobody @sam mail@ada.test @ada"
    comment = say(soup, sam, words)
    data = {"subject_type": "meals.meal", "subject_id": soup.pk, "comment_id": comment.pk, "author_id": sam.pk}
    assert said("social.person.mentioned") == [("social.person.mentioned", data | {"person_id": ada.pk}, sam)]
    shown = api.get(COMMENTS).json()["results"][0]["mentions"]
    assert shown == [{"text": "@ada", "handle": "ada"}, {"text": "@sam", "handle": "sam"}]
    type(ada).objects.filter(pk=ada.pk).update(handle="ada_cooks")
    assert api.get(COMMENTS).json()["results"][0]["mentions"][0] == {"text": "@ada", "handle": "ada_cooks"}


def test_mention_of_somebody_the_reader_has_blocked_is_plain_text(signed_in, ada, sam, eve, soup, say, block):
    say(soup, sam, "Thanks @ada")
    bens = make_meal(make_creator("ben"), "Stew", publish=True)
    say(bens, sam, "Thanks @ada")
    block(eve, ada)
    shape = signed_in(eve).get(f"/api/v1/meals/{bens.slug}/comments").json()["results"][0]
    assert (shape["text"], shape["mentions"]) == ("Thanks @ada", [])


def test_edit_tells_only_the_newly_mentioned(signed_in, ada, sam, eve, soup, say, said):
    comment = say(soup, sam, "Thanks @ada")
    signed_in(sam).patch(of(comment), {"text": "Thanks @ada and @eve"})
    signed_in(sam).patch(of(comment), {"text": "Thanks @eve"})
    assert [data["person_id"] for _name, data, _actor in said("social.person.mentioned")] == [ada.pk, eve.pk]
    assert [mention.person for mention in comment.mentions.all()] == [eve]


@pytest.mark.parametrize("count", [1, 3])
def test_comments_cost_the_same_queries_however_many(api, sam, soup, say, count, django_assert_num_queries):
    for _ in range(count):
        say(soup, make_user(), "Thanks @ada @sam")
    with django_assert_num_queries(3):
        assert len(api.get(COMMENTS).json()["results"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_replies_cost_the_same_queries_however_many(api, sam, soup, say, count, django_assert_num_queries):
    comment = say(soup, sam)
    for _ in range(count):
        say(soup, make_user(), "Thanks @ada", reply_to=comment.public_id)
    with django_assert_num_queries(6):
        assert len(api.get(f"{of(comment)}/replies").json()["results"]) == count
