import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from matching.models import Impression, Match, MatchAction
from matching.services.own_impressions import PART
from matching.tests.factories import NOW, make_fitness, make_user

pytestmark = pytest.mark.django_db
FAIRNESS = "/admin/matching/impression/fairness/"


@pytest.fixture
def boss(client):
    user = UserFactory(roles_held=[Role.ADMIN], is_superuser=True)
    client.force_login(user)
    return client


@pytest.fixture
def rows():
    ada, ben = (make_fitness(make_user(name)).user for name in ("ada", "ben"))
    about = {"position": 3, "score": 61, "components": {"level": 20}, "model": "rules-1"}
    shown = Impression.objects.create(
        viewer=ada, candidate=ben, day=timezone.now().date(), shown_at=timezone.now(), **about
    )
    said = MatchAction.objects.create(actor=ada, target=ben, verb="like", acted_at=NOW)
    return {"impression": shown, "match": Match.objects.create(low=ada, high=ben, matched_at=NOW), "matchaction": said}


@pytest.mark.parametrize("model", ["impression", "match", "matchaction"])
def test_rows_are_looked_at_and_never_changed(boss, rows, model):
    assert boss.get(f"/admin/matching/{model}/?q=ada").status_code == 200
    row = boss.get(f"/admin/matching/{model}/{rows[model].pk}/change/")
    assert row.status_code == 200
    assert b'name="_save"' not in row.content
    assert boss.post(f"/admin/matching/{model}/{rows[model].pk}/delete/", {"post": "yes"}).status_code == 403
    assert boss.get(f"/admin/matching/{model}/add/").status_code == 403


def test_fairness_is_drawn_with_tables_behind(boss, rows):
    page = boss.get(FAIRNESS).content.decode()
    assert "Gini of exposure" in page
    assert "<svg" in page
    assert "@ben" in page


def test_fairness_of_days_without_anybody(boss):
    page = boss.get(f"{FAIRNESS}?first=2026-01-01&last=2026-01-14").content.decode()
    assert "Nobody was shown to anybody" in page


@pytest.mark.parametrize("query", ["first=2026-01-01&last=2026-12-01", "first=2026-02-01&last=2026-01-01", "first=x"])
def test_odd_ranges_are_said_to_be_odd(boss, query):
    answer = boss.get(f"{FAIRNESS}?{query}")
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_members_see_none_of_it(rows):
    client = Client()
    client.force_login(make_user("member"))
    assert client.get(FAIRNESS).status_code in (302, 403)


def test_the_download_says_whom_one_was_shown(rows):
    viewer = rows["impression"].viewer
    (document,) = PART.documents(viewer)
    assert [(one["handle"], one["score"], one["position"]) for one in document.data] == [("ben", 61, 3)]
    assert len(document.rows) == 1
    assert list(PART.media(viewer)) == []
