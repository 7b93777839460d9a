"""What the download of one's own data holds of meals. Ada asks, Ben is a stranger."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile

from accounts.selectors import latest_export
from accounts.services.data_export import build_export, fetch_export, start_export
from meals import services
from meals.models import MealImport, MealPhoto
from meals.services.own_data import documents_of, photos_of
from meals.tests.factories import NOW, make_creator, make_meal

pytestmark = pytest.mark.django_db


@pytest.fixture
def bens(ben):
    return make_meal(ben, "Ben's pie", publish=True)


def document(user, name):
    return next(each for each in documents_of(user) if each.name == name)


def test_own_meals_are_there_in_every_state_and_import_back_equal(ada, bens):
    mine = make_meal(ada, "Secret soup", ingredients=["1 leek"], steps=["Boil."])
    meals = document(ada, "meals")
    assert [recipe["name"] for recipe in meals.data["@graph"]] == ["Secret soup"]
    assert meals.rows == [{"Title": "Secret soup", "State": "draft", "Ingredients": "1 leek", "Steps": "Boil."}]
    again = services.import_export(owner=make_creator("cleo"), document=json.dumps(meals.data), now=NOW)
    assert services.content_of(again[0].meal).ingredients == services.content_of(mine).ingredients


def test_own_reviews_and_saves_are_there_but_not_meals_that_were_taken_back(ada, ben, bens):
    other = make_meal(ben, "Ben's stew", publish=True)
    for meal in (bens, other):
        services.write_review(meal_id=meal.pk, author=ada, rating=4, text="Good.", now=NOW)
        services.save_meal(meal_id=meal.pk, user=ada)
    services.unpublish_meal(meal_id=other.pk, actor=ben, now=NOW, reason="")
    reviews, saves = document(ada, "reviews"), document(ada, "saved-meals")
    assert [(row["meal"], row["rating"], row["text"]) for row in reviews.data] == [
        ("Ben's pie", 4, "Good."),
        ("", 4, "Good."),
    ]
    assert [row["meal"] for row in saves.data] == ["Ben's pie", ""]
    assert [each.data for each in documents_of(ben) if each.name != "meals"] == [[], [], []]


def test_imports_are_there_with_what_was_brought(ada):
    MealImport.objects.create(owner=ada, kind="url", source_key="https://eat.test/1", payload={"name": "Pie"})
    imports = document(ada, "imports")
    assert imports.data[0]["original"] == {"name": "Pie"}
    assert "original" not in imports.rows[0]


def test_own_photos_are_there(ada, bens):
    mine = make_meal(ada)
    photo = MealPhoto.objects.create(meal=mine, original=ContentFile(b"\xff\xd8\xff light", "a"))
    MealPhoto.objects.create(meal=mine)
    MealPhoto.objects.create(meal=bens, original=ContentFile(b"not mine", "b"))
    (media,) = photos_of(ada)
    assert media.path == f"photos/meals/{mine.slug}/{photo.public_id}"
    with media.open() as file:
        assert file.read() == b"\xff\xd8\xff light"


def test_documents_cost_the_same_queries_however_many_meals(ada, django_assert_num_queries):
    make_meal(ada, "One", tags=["Soup"])
    with django_assert_num_queries(8):
        documents_of(ada)
    for title in ("Two", "Three"):
        make_meal(ada, title, tags=["Soup"])
    with django_assert_num_queries(8):
        documents_of(ada)


def test_download_holds_them(ada):
    make_meal(ada, "Secret soup")
    export = start_export(user=ada, now=NOW)
    build_export(job_id=export.job_id, now=NOW)
    _name, file = fetch_export(user=ada, public_id=latest_export(ada).job.public_id, now=NOW)
    with file:
        archive = ZipFile(BytesIO(file.read()))
    assert {"meals.json", "reviews.json", "saved-meals.json", "imports.json"} < set(archive.namelist())
    assert "Secret soup" in archive.read("index.html").decode()
