import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fitfoodie.common.models import BackgroundJob
from meals.models import Meal, MealImport
from meals.tests.importing.recipes import RECIPE, ROW, page

pytestmark = pytest.mark.django_db
URL = "/create/import/"


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    return client


def test_visitor_is_asked_to_sign_in(client):
    assert client.get(URL)["Location"].startswith("/accounts/login/")


def test_page_offers_every_way_in(as_ada):
    text = as_ada.get(URL).content.decode()
    assert all(f'name="{name}"' in text for name in ("url", "html", "json_ld", "file"))


@pytest.mark.parametrize("given", [{"json_ld": json.dumps(RECIPE)}, {"html": page()}])
def test_pasted_recipe_becomes_a_preview(as_ada, given):
    response = as_ada.post(URL, given, follow=True)
    assert response.redirect_chain[-1][0].startswith(URL)
    assert b"Bean stew" in response.content
    assert Meal.objects.get().status == "draft"


def test_preview_says_what_was_not_understood(as_ada):
    recipe = {"@type": "Recipe", "name": "Bare", "recipeIngredient": ["1 jar of happiness"]}
    text = as_ada.post(URL, {"json_ld": json.dumps(recipe)}, follow=True).content.decode()
    assert "how many servings it makes" in text
    assert "<q>1 jar of happiness</q>: not in our food table" in text


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "__all__"),
        ({"url": "not an address"}, "url"),
        ({"url": "http://127.0.0.1/x"}, "url"),
        ({"html": "<p>nothing</p>"}, "html"),
        ({"json_ld": "{"}, "json_ld"),
        ({"file": SimpleUploadedFile("x.json", b"\xff\xfe")}, "file"),
        ({"file": SimpleUploadedFile("x.json", b"[]")}, "file"),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(as_ada, given, field):
    response = as_ada.post(URL, given)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    for name, value in given.items():
        assert name == "file" or response.context["form"][name].value() == value
    assert not MealImport.objects.exists()


def test_same_recipe_again_leads_to_the_meal_there_is(as_ada):
    for _ in range(2):
        response = as_ada.post(URL, {"json_ld": json.dumps(RECIPE)}, follow=True)
    assert b"You brought this recipe in before" in response.content
    assert Meal.objects.count() == 1


def test_export_of_many_leads_to_the_studio(as_ada):
    document = json.dumps([RECIPE, RECIPE | {"name": "Second", "url": "https://rosa.test/2"}])
    response = as_ada.post(URL, {"file": SimpleUploadedFile("export.json", document.encode())}, follow=True)
    assert response.redirect_chain[-1][0] == "/create/"
    assert b"2 drafts made." in response.content


def test_file_of_lines_is_read_in_the_background(as_ada, ada, django_capture_on_commit_callbacks):
    lines = "\n".join([json.dumps(ROW), "{broken", json.dumps(ROW | {"id": "2", "title": "Second"})])
    with django_capture_on_commit_callbacks(execute=True):
        response = as_ada.post(URL, {"file": SimpleUploadedFile("mine.jsonl", lines.encode())})
    job = BackgroundJob.objects.get()
    assert response["Location"] == job.get_absolute_url()
    assert (job.state, job.done, job.total, job.result_url) == ("done", 3, 3, "/create/")
    assert (job.report["Drafts made"], job.report["Refused"]) == (2, 1)
    assert set(Meal.objects.values_list("creator", "status")) == {(ada.pk, "draft")}


def test_discard_throws_the_draft_away(as_ada):
    as_ada.post(URL, {"json_ld": json.dumps(RECIPE)})
    response = as_ada.post(f"{URL}{MealImport.objects.get().pk}/discard")
    assert response["Location"] == URL
    assert not Meal.objects.exists()


def test_imports_of_others_are_not_there(as_ada, ben):
    as_ada.post(URL, {"json_ld": json.dumps(RECIPE)})
    row = MealImport.objects.get()
    as_ada.force_login(ben)
    assert as_ada.get(f"{URL}{row.pk}/").status_code == 404
    assert as_ada.post(f"{URL}{row.pk}/discard").status_code == 404
    assert as_ada.get(URL).context["latest"].count() == 0


def test_list_of_imports_asks_the_same_for_one_and_three(as_ada, django_assert_max_num_queries):
    for number in range(3):
        as_ada.post(URL, {"json_ld": json.dumps(RECIPE | {"url": f"https://rosa.test/{number}"})})
        with django_assert_max_num_queries(8):
            as_ada.get(URL)
