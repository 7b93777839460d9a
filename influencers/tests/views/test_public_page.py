"""The directory and what a creator's page shows. Owner ada, creator ben, reader sam."""

import pytest
from django.utils.translation import gettext_lazy

from influencers import page_sections
from influencers.models import CreatorPage
from influencers.page_sections import PageSection
from influencers.services.page import update_page
from influencers.services.standing import VERIFIED_FIRST
from influencers.tests.factories_creators import NOW, make_listed_creator, verify
from meals.tests.factories import make_creator, make_meal
from social.models import Block

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


def names(text):
    return [part.split("<")[0].split(">")[-1] for part in text.split('class="person-detail">')[1:]]


def test_verified_come_first_then_followers(client, ada, ben, mia):
    zoe = make_listed_creator("zoe")
    CreatorPage.objects.filter(user=ben).update(follower_count=7, standing=7)
    verify(zoe, mia)
    assert names(text_of(client.get("/creators/"))) == ["@zoe", "@ben", "@ada"]
    assert CreatorPage.objects.get(user=zoe).standing == VERIFIED_FIRST


def test_search_by_name_or_handle(client, ada, ben):
    assert names(text_of(client.get("/creators/?q=AD"))) == ["@ada"]
    assert names(text_of(client.get("/creators/?q=@ben"))) == ["@ben"]
    assert "Nobody by that name" in text_of(client.get("/creators/?q=nobody"))


def test_members_and_former_creators_are_not_listed(client, ada, sam):
    CreatorPage.objects.create(user=sam)
    assert names(text_of(client.get("/creators/"))) == ["@ada"]
    ada.groups.clear()
    assert "No creators yet" in text_of(client.get("/creators/"))


def test_blocked_suspended_and_leaving_are_not_there(client, ada, ben, sam):
    Block.objects.create(blocker=ada, blocked=sam, blocked_at=NOW)
    client.force_login(sam)
    assert names(text_of(client.get("/creators/"))) == ["@ben"]
    ben.is_active = False
    ben.save()
    assert "No creators yet" in text_of(client.get("/creators/"))


@pytest.mark.parametrize("after", ["", "x", "1", "5-", "-5", "٣-٣", "9" * 60 + "-1"])
def test_any_position_is_a_page(client, ada, after):
    assert client.get("/creators/", {"after": after}).status_code == 200


def test_pages_go_on_without_repeats(client, ada, django_assert_num_queries):
    for number in range(30):
        make_listed_creator(f"cook{number:02}")
    first = text_of(client.get("/creators/"))
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = text_of(client.get("/creators/" + following))
    assert (len(names(first)), len(names(second))) == (24, 7)
    assert set(names(first)) & set(names(second)) == set()
    assert 'rel="next"' not in second


@pytest.mark.parametrize("count", [1, 3])
def test_directory_asks_the_same_number_of_questions(client, db, django_assert_num_queries, count):
    for number in range(count):
        make_listed_creator(f"cook{number}")
    with django_assert_num_queries(1):
        client.get("/creators/")


def test_creator_page_shows_what_was_written(client, ada):
    changes = {"headline": "Cooks by the sea", "about": "**Fish** and [more](https://a.test).", "accent": "lake"}
    update_page(user=ada, changes=changes, now=NOW)
    text = text_of(client.get("/@ada"))
    assert "Cooks by the sea" in text
    assert "<strong>Fish</strong>" in text
    assert 'rel="nofollow ugc noopener"' in text
    assert "accent-lake" in text
    assert "Edit your creator page" not in text


def test_creator_is_offered_to_write(client, ada):
    client.force_login(ada)
    assert "Edit your creator page" in text_of(client.get("/@ada"))


def test_private_profile_keeps_it_to_those_let_in(client, ada):
    update_page(user=ada, changes={"headline": "Only for you"}, now=NOW)
    ada.profile.is_private = True
    ada.profile.save()
    assert "Only for you" not in text_of(client.get("/@ada"))


def test_members_have_no_creator_section(client, sam):
    CreatorPage.objects.create(user=sam, headline="Once a creator")
    assert "Once a creator" not in text_of(client.get("/@sam"))


def test_other_apps_add_their_parts(client, ada, monkeypatch):
    monkeypatch.setattr(page_sections, "_sections", {})
    context = {"meals": []}
    codes = PageSection("codes", gettext_lazy("Codes"), "meals/_meal_cards.html", lambda creator, viewer: context)
    page_sections.register(codes)
    page_sections.register(PageSection("none", "None", "x.html", lambda creator, viewer: None))
    text = text_of(client.get("/@ada"))
    assert 'id="profile-codes"' in text
    assert "profile-none" not in text
    with pytest.raises(ValueError, match="twice"):
        page_sections.register(codes)


# --- Writing it


def test_edit_saves_and_tells(client, ada):
    client.force_login(ada)
    typed = {"headline": "New", "about": "_Hello_", "bio": "Me", "links": "https://a.example.org", "accent": "berry"}
    assert client.post("/studio/page/", typed)["Location"] == "/studio/page/"
    page = CreatorPage.objects.get(user=ada)
    assert (page.headline, page.about, page.accent) == ("New", "_Hello_", "berry")
    ada.profile.refresh_from_db()
    assert (ada.profile.bio, ada.profile.links) == ("Me", ["https://a.example.org"])


def test_preview_button_shows_and_keeps_nothing(client, ada):
    client.force_login(ada)
    text = text_of(client.post("/studio/page/", {"headline": "Maybe", "about": "**x**", "do": "preview"}))
    assert "<strong>x</strong>" in text
    assert 'value="Maybe"' in text
    assert CreatorPage.objects.get(user=ada).headline == ""


def test_live_preview_is_a_part_of_the_page(client, ada):
    client.force_login(ada)
    typed = {"about": "<script>x</script>", "links": "https://a.example.org\nnonsense", "accent": "none"}
    text = text_of(client.post("/studio/page/preview", typed))
    assert "<script>" not in text
    assert "accent-basil" in text
    assert text.count("<li>") == 1
    assert client.get("/studio/page/preview").status_code == 405


@pytest.mark.parametrize("changes", [{"headline": "x" * 141}, {"links": "ftp://x"}, {"accent": "pink"}])
def test_wrong_input_stays_and_is_told(client, ada, changes):
    client.force_login(ada)
    typed = {"headline": "Mine", "about": "Kept words", "bio": "", "links": "", "accent": "basil"} | changes
    answer = client.post("/studio/page/", typed)
    assert answer.status_code == 422
    assert "Kept words" in text_of(answer)
    assert 'class="errorlist"' in text_of(answer)


def test_member_and_unconfirmed_cannot_write(client, sam):
    unconfirmed = make_creator("fresh", verified=False)
    typed = {"headline": "Hello", "about": "", "bio": "", "links": "", "accent": "basil"}
    for person in (sam, unconfirmed):
        client.force_login(person)
        assert client.get("/studio/page/").status_code == 200
        assert client.post("/studio/page/", typed).status_code == 422
    assert not CreatorPage.objects.filter(headline="Hello").exists()


def test_meals_stand_on_the_page(client, ada):
    make_meal(ada, "Soup", publish=True)
    assert "Soup" in text_of(client.get("/@ada"))
