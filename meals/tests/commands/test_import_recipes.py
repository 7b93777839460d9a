import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from fitfoodie.search import services as search
from meals.models import Food, Meal, MealPhoto
from meals.search import MEALS
from meals.tests.importing.recipes import ROW

ROWS = [
    ROW,
    {"id": "mine:2", "lang": "zh", "title": "空气炸锅鸡翅中", "ingredients": ["鸡翅中 6 个"], "steps": ["炸。"]},
    {"id": "mine:3", "title": "", "ingredients": []},
]


@pytest.fixture
def file(tmp_path, db):
    Food.objects.create(usda_id=1, name="Something", group="Other")
    (tmp_path / "images").mkdir()
    Image.new("RGB", (640, 480), "orange").save(tmp_path / "images" / "stew.jpg")
    path = tmp_path / "recipes.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS) + "\n{broken\n", encoding="utf-8")
    return path


def run(*arguments, **options):
    out, err = StringIO(), StringIO()
    call_command("import_recipes", *arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.mark.django_db(transaction=True)
def test_recipes_become_published_meals_that_are_found(file):
    out, err = run(str(file))
    assert out.splitlines()[-1] == "2 meals made with 1 photos, 0 were there already, 2 refused."
    assert "Line 3: “title” is missing." in err
    assert "Line 4 is not JSON" in err
    stew, wings = Meal.objects.public().order_by("pk")
    assert (stew.title, stew.source_author, stew.creator.handle) == ("Bean stew", "Rosa", "house_kitchen")
    assert stew.cover == MealPhoto.objects.get()
    assert stew.cover.name
    assert (wings.language, wings.calories, wings.ingredients_known) == ("zh", None, 0)
    assert [hit.id for hit in search.search(MEALS, "鸡翅", limit=5).hits] == [wings.pk]
    assert [hit.id for hit in search.search(MEALS, "baen stew", limit=5).hits] == [stew.pk]


@pytest.mark.django_db(transaction=True)
def test_second_run_adds_nothing(file):
    run(str(file))
    out, _err = run(str(file))
    assert out.splitlines()[-1] == "0 meals made with 0 photos, 2 were there already, 2 refused."
    assert Meal.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_report_prints_the_figures(file):
    run(str(file), "--no-photos")
    out = StringIO()
    call_command("import_report", stdout=out)
    text = out.getvalue()
    assert "en: 3 lines" in text or "en: 2 lines" in text
    assert "zh: 1 lines" in text
    assert "zero calories although nothing is known: 0 (must be 0)" in text


def test_drafts_for_a_named_creator(file, ada):
    run(str(file), "--creator", "@ada", "--drafts", "--no-photos")
    assert set(Meal.objects.values_list("creator__handle", "status")) == {("ada", "draft")}


def test_unknown_creator_and_missing_file_are_told(file):
    with pytest.raises(CommandError, match="nobody with the handle “nobody”"):
        run(str(file), "--creator", "nobody")
    with pytest.raises(CommandError, match="cannot be read"):
        run(str(file.parent / "missing.jsonl"))


def test_file_that_is_not_text_is_told(file):
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="cannot be read"):
        run(str(file))


def test_broken_photo_leaves_the_meal_and_is_told(file):
    (file.parent / "images" / "stew.jpg").write_bytes(b"not a picture")
    out, err = run(str(file))
    assert "2 meals made with 0 photos" in out
    assert "stew.jpg: " in err


def test_picture_whose_name_no_file_can_have_leaves_the_meal(file):
    file.write_text('{"title": "Stew", "ingredients": ["1 onion"], "image": "' + "a" * 300 + '.jpg"}')
    out, err = run(str(file))
    assert "1 meals made with 0 photos" in out
    assert "File name too long" in err


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_empty_file_makes_nothing(file, content):
    file.write_text(content)
    assert "0 meals made" in run(str(file))[0]


def test_folder_is_told_apart_from_a_file(file):
    with pytest.raises(CommandError, match="cannot be read"):
        run(str(file.parent))
