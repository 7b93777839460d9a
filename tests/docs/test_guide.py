"""The guide's running example, carried out as it stands on the page: event, service, consumer, endpoint, page."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from rest_framework.test import APIRequestFactory, force_authenticate

import meals.events
import meals.tasks
from fitfoodie.common.health import views as health
from fitfoodie.events import registry
from fitfoodie.events.models import Event
from meals import services
from meals.tests.factories import make_creator, make_meal, make_user
from tests.docs.reading import ROOT, code_blocks

GUIDE = ROOT / "docs" / "developer-guide.md"


def run_block(marker):
    """The names that the one block with `marker` in it defines."""
    [block] = [block for block in code_blocks(GUIDE, "python") if marker in block]
    names = {"__name__": "guide"}
    exec(compile(block, str(GUIDE), "exec"), names)
    return names


@pytest.fixture
def guide(monkeypatch, db):
    """Event and service of the guide, in the places where it puts them."""
    for table in ("_types", "_names_by_payload"):
        monkeypatch.setattr(registry, table, dict(getattr(registry, table)))
    monkeypatch.setattr(registry, "_subscriptions", list(registry._subscriptions))
    monkeypatch.setattr(meals.events, "MealCooked", run_block("class MealCooked:")["MealCooked"], raising=False)
    monkeypatch.setattr(services, "cook_meal", run_block("def cook_meal")["cook_meal"], raising=False)


@pytest.fixture
def soup(db):
    return make_meal(make_creator("ada"), "Red lentil soup", publish=True)


def test_event_and_service_pass_the_test_of_the_guide(guide):
    run_block("def test_cooking_is_recorded")["test_cooking_is_recorded"](make_creator("ada"), make_user("sam"))


def test_consumer_is_handed_the_event(guide, monkeypatch, soup, capsys):
    task = run_block("def thank_the_creator")["thank_the_creator"]
    monkeypatch.setattr(meals.tasks, "thank_the_creator", task, raising=False)
    run_block("def enqueue_thanks")
    services.cook_meal(meal_id=soup.pk, user=make_user("sam"))
    event = Event.objects.get(name="meals.meal.cooked")
    [subscription] = [s for s in registry.subscriptions_for(event.name) if s.consumer == "meals.thanks"]
    subscription.enqueue(event.pk)
    assert f"meal_id={soup.pk}" in capsys.readouterr().out


@pytest.mark.parametrize(("who", "status"), [("sam", 204), (None, 401)])
def test_endpoint_answers(guide, soup, who, status):
    view = run_block("class MealCookedView")["MealCookedView"].as_view()
    request = APIRequestFactory().put("/api/v1/meals/red-lentil-soup/cooked")
    if who:
        force_authenticate(request, user=make_user(who))
    assert view(request, slug=soup.slug).status_code == status


@pytest.mark.parametrize(("who", "status"), [("sam", 200), (None, 302)])
def test_page_is_shown(guide, monkeypatch, soup, who, status):
    names = run_block("def meal_cooked")
    [source] = [block for block in code_blocks(GUIDE, "html") if "meal.title" in block]
    monkeypatch.setitem(names, "render", lambda request, template, context: page(source, request, context))
    request = RequestFactory().get(f"/meals/{soup.slug}/cooked/")
    request.user = make_user(who) if who else AnonymousUser()
    response = names["meal_cooked"](request, slug=soup.slug)
    assert response.status_code == status
    assert ("Red lentil soup" in response.content.decode()) == (status == 200)


def page(source, request, context):
    """The template of the guide, as Django would render it from its file."""
    return HttpResponse(engines["django"].from_string(source).render(context, request))


def test_first_change_is_where_the_guide_says(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert f"`{health.__name__.replace('.', '/')}.py`" in GUIDE.read_text()
    assert (ROOT / "fitfoodie/common/tests/health/test_views.py").exists()
