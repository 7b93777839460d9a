import pytest

from accounts.models import User
from fitfoodie.common.errors import DomainError, NotAllowedError, StaleVersionError
from influencers.content import PostContent
from influencers.models import Post
from influencers.services.posts import content_of, edit_post, write_post
from influencers.tests.factories_posts import make_post
from meals.tests.factories import NOW, make_creator, make_meal


def edit(post, editor, version=1, **content):
    return edit_post(post_id=post.pk, editor=editor, content=PostContent(**content), expected_version=version, now=NOW)


def test_a_post_is_written_down_as_a_draft(ada):
    soup = make_meal(ada, publish=True)
    post = make_post(ada, "  Hello\r\nthere  ", audience="followers", who_may_comment="nobody", meals=(soup.slug,))
    assert (post.status, post.version, post.published_at) == ("draft", 1, None)
    assert content_of(post) == PostContent("Hello\nthere", "followers", "nobody", (soup.slug,))


def test_a_reader_cannot_post(sam):
    with pytest.raises(NotAllowedError) as refused:
        make_post(sam)
    assert refused.value.code == "creator_only"


def test_an_unverified_creator_cannot_post(db):
    with pytest.raises(NotAllowedError) as refused:
        make_post(make_creator("eve", verified=False))
    assert refused.value.code == "email_unverified"


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        ({"text": " \u200b "}, "text_needed", "text"),
        ({}, "text_needed", "text"),
        ({"text": "x" * 5001}, "too_long", "text"),
        ({"text": "x", "audience": "aliens"}, "invalid", "audience"),
        ({"text": "x", "who_may_comment": "aliens"}, "invalid", "who_may_comment"),
        ({"text": "x", "meals": ("nothing",)}, "unknown_meal", "meals"),
        ({"text": "x", "meals": tuple(f"m{number}" for number in range(11))}, "too_many", "meals"),
    ],
)
def test_what_cannot_stand_is_named(ada, content, code, field):
    with pytest.raises(DomainError) as refused:
        write_post(author=ada, content=PostContent(**content), now=NOW)
    assert (refused.value.code, refused.value.field, Post.objects.count()) == (code, field, 0)


def test_a_draft_of_somebody_else_cannot_be_linked(ada, ben):
    secret = make_meal(ben, "Secret")
    with pytest.raises(DomainError) as refused:
        make_post(ada, meals=(secret.slug,))
    assert refused.value.code == "unknown_meal"


def test_an_edit_changes_what_it_mentions(ada):
    post = edit(make_post(ada, "One"), ada, who_may_comment="nobody")
    assert (post.text, post.who_may_comment, post.version) == ("One", "nobody", 2)


def test_an_edit_that_changes_nothing_is_no_version(ada):
    soup = make_meal(ada, publish=True)
    post = make_post(ada, "One", meals=(soup.slug,))
    assert edit(post, ada, text="One", meals=(soup.slug,)).version == 1


def test_links_are_put_in_order_and_may_stay_though_the_meal_is_gone_from_sight(ada, ben):
    soup, bowl = make_meal(ben, "Soup", publish=True), make_meal(ben, "Bowl", publish=True)
    post = make_post(ada, meals=(soup.slug, bowl.slug))
    ben.meals.filter(pk=soup.pk).update(status="draft")
    edit(post, ada, meals=(bowl.slug, soup.slug))
    assert content_of(post).meals == (bowl.slug, soup.slug)


def test_an_edit_of_an_old_version_is_refused_with_the_new(ada):
    post = make_post(ada)
    edit(post, ada, text="Two")
    with pytest.raises(StaleVersionError) as refused:
        edit(post, ada, text="Three")
    assert refused.value.current == 2


def test_nobody_edits_the_post_of_another(ada, ben):
    with pytest.raises(NotAllowedError):
        edit(make_post(ada), ben, text="Mine now")


def test_an_edit_leaves_the_counters_alone(ada):
    post = make_post(ada)
    Post.objects.filter(pk=post.pk).update(like_count=7)
    edit(post, ada, text="Two")
    assert Post.objects.get(pk=post.pk).like_count == 7


def test_a_post_without_words_of_its_own_has_a_headline(ada):
    assert make_post(ada, "***").headline == "Untitled post"
    assert make_post(ada, "# Hello **you**\n\nmore").headline == "Hello you"
    assert str(make_post(ada, "x" * 200)).endswith("…")
    assert User.objects.count() == 1
