"""`/r/<code>`: counted before it leads on, and only people attribute (AFF-1, AFF-2, AFF-5, AFF-13)."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache

from meals import services as meals
from orders.enums import ClickKind
from orders.models import AffiliateLink, Click
from orders.tests.factories_affiliate import BROWSER, NOW, make_creator, make_link, make_meal, make_user
from social.models import Block

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_creator("ada")


@pytest.fixture
def soup(ada):
    return make_meal(ada, publish=True)


@pytest.fixture
def link(ada, soup):
    return make_link(ada, meal=soup, utm={"utm_source": "letter"})


def follow(client, code="soup", **headers):
    return client.get(f"/r/{code}", headers={"User-Agent": BROWSER} | headers)


def test_person_is_counted_and_led_on_with_the_click_in_the_address(client, link, soup):
    answer = follow(client)
    click = Click.objects.get()
    target = urlsplit(answer["Location"])
    assert (answer.status_code, target.path) == (302, soup.get_absolute_url())
    assert parse_qs(target.query) == {"utm_source": ["letter"], "via": [click.public_id]}
    assert (click.kind, click.person, click.link) == (ClickKind.PERSON, None, link)
    assert AffiliateLink.objects.get().click_count == 1
    assert (answer["Cache-Control"], answer.cookies) == ("no-store", {})


def test_code_is_read_in_any_case(client, link):
    assert follow(client, "SOUP").status_code == 302


def test_click_of_somebody_signed_in_is_theirs_at_once(client, link):
    sam = make_user("sam")
    client.force_login(sam)
    follow(client)
    assert Click.objects.get().person == sam


@pytest.mark.parametrize(
    ("verb", "headers", "kind"),
    [
        ("head", {}, ClickKind.HEAD),
        ("get", {"Sec-Purpose": "prefetch;prerender"}, ClickKind.PREFETCH),
        ("get", {"Purpose": "prefetch"}, ClickKind.PREFETCH),
        ("get", {"X-Moz": "prefetch"}, ClickKind.PREFETCH),
        ("get", {"User-Agent": ""}, ClickKind.BOT),
        ("get", {"User-Agent": "curl/8.5"}, ClickKind.BOT),
        (
            "get",
            {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
            ClickKind.BOT,
        ),
        ("get", {"User-Agent": "Mozilla/5.0 (Windows) AppleWebKit/537 HeadlessChrome/120"}, ClickKind.BOT),
        ("get", {"User-Agent": "facebookexternalhit/1.1"}, ClickKind.BOT),
        ("get", {"User-Agent": "WhatsApp/2.23"}, ClickKind.BOT),
    ],
)
def test_machines_are_counted_apart_and_attribute_nothing(client, link, soup, verb, headers, kind):
    client.force_login(make_user("sam"))
    answer = getattr(client, verb)("/r/soup", headers={"User-Agent": BROWSER} | headers)
    click = Click.objects.get()
    assert answer["Location"] == f"{soup.get_absolute_url()}?utm_source=letter"
    assert (click.kind, click.person, click.visitor) == (kind, None, "")
    assert AffiliateLink.objects.get().click_count == 0


def test_telephone_with_bot_in_its_name_is_a_person(client, link):
    agent = "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
    follow(client, **{"User-Agent": agent})
    assert Click.objects.get().kind == ClickKind.PERSON


def test_unknown_code_is_404(client, link):
    assert follow(client, "nothing").status_code == 404
    assert not Click.objects.exists()


def test_writing_to_a_link_is_refused(client, link):
    assert client.post("/r/soup").status_code == 405


def test_paused_link_leads_on_without_attribution(client, link, soup):
    AffiliateLink.objects.update(is_active=False)
    answer = follow(client)
    assert (answer.status_code, answer["Location"]) == (302, soup.get_absolute_url())
    assert not Click.objects.exists()


def test_link_of_a_suspended_creator_attributes_nothing(client, link, ada):
    ada.is_active = False
    ada.save()
    assert follow(client).status_code == 302
    assert not Click.objects.exists()


def test_link_to_an_archived_meal_shows_similar_meals(client, link, soup, ada):
    other = make_meal(make_creator("ben"), "Bean soup", publish=True, tags=["soup"])
    meals.archive_meal(meal_id=soup.pk, actor=ada, now=NOW)
    answer = follow(client)
    via = Click.objects.get().public_id
    assert answer["Location"] == f"/r/soup/similar/?utm_source=letter&via={via}"
    page = client.get(answer["Location"])
    assert page.status_code == 200
    del other


def test_archived_meal_attributes_only_where_the_program_says_so(client, link, soup, ada, settings):
    settings.AFFILIATE_ARCHIVED_KEEPS_CODE = False
    meals.archive_meal(meal_id=soup.pk, actor=ada, now=NOW)
    assert follow(client)["Location"] == "/r/soup/similar/"
    assert not Click.objects.exists()


def test_link_whose_meal_is_gone_leads_to_its_creator(client, ada):
    make_link(ada, "gone", path="")
    assert urlsplit(follow(client, "gone")["Location"]).path == "/@ada"


def test_click_of_a_blocked_person_attributes_and_says_nothing(client, link, ada):
    """Seen from outside the two answers are the same; the page itself decides what a block hides."""
    sam = make_user("sam")
    Block.objects.create(blocker=ada, blocked=sam, blocked_at=NOW)
    client.force_login(sam)
    answer = follow(client)
    assert (answer.status_code, Click.objects.get().person) == (302, sam)


def test_visitor_who_signs_in_from_the_page_keeps_the_click(client, link, soup):
    landing = follow(client)["Location"]
    page = client.get(landing)
    assert "/accounts/login/?next=" in page.content.decode()
    sam = make_user("sam")
    client.force_login(sam)
    client.get(landing)
    assert Click.objects.get().person == sam
    client.force_login(make_user("kim"))
    client.get(landing)
    assert Click.objects.get().person == sam


def test_old_and_invented_clicks_bind_to_nobody(client, link):
    client.force_login(make_user("sam"))
    for via in ("nonsense", "x" * 50, "'; drop", ""):
        assert client.get("/meals/", {"via": via}).status_code == 200


def test_same_visitor_is_told_apart_for_a_day_and_by_nobody_else(client, link):
    follow(client)
    follow(client)
    one, two = Click.objects.values_list("visitor", flat=True)
    assert (one == two, len(one)) == (True, 64)
    cache.clear()
    follow(client)
    assert Click.objects.order_by("pk").last().visitor != one


def test_following_asks_few_questions(client, link, django_assert_num_queries):
    # begin, the link, the click, its counter, end
    with django_assert_num_queries(5):
        follow(client)
