"""The index follows what happens to meals, and never holds what strangers may not see (REC-8)."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from fitfoodie.search import index as indexes
from fitfoodie.search import services as search
from fitfoodie.search.engines import registry
from fitfoodie.search.engines.tables import Tables
from fitfoodie.search.questions import parse
from meals import services
from meals.content import MealContent
from meals.models import Meal
from meals.search import MEALS, documents
from meals.tasks import index_meal_of_event
from meals.tests.factories import NOW, make_meal

pytestmark = pytest.mark.django_db


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """As if each block of the test were a transaction of its own, jobs and all."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def held():
    """Ids in the index itself, whatever may be seen of them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT object_id FROM {Tables('meals').documents} ORDER BY object_id")
        return [row[0] for row in cursor.fetchall()]


def vocabulary():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT word, documents, titles FROM {Tables('meals').words}")
        return {word: (count, titles) for word, count, titles in cursor.fetchall()}


def test_meal_is_found_once_published_and_gone_once_it_is_not(ada, committing):
    with committing():
        meal = make_meal(ada, "Lentil soup")
    assert held() == []
    with committing():
        services.publish_meal(meal_id=meal.pk, actor=ada, now=NOW)
    assert held() == [meal.pk]
    with committing():
        services.unpublish_meal(meal_id=meal.pk, actor=ada, now=NOW)
    assert held() == []


def test_edit_is_followed(ada, committing):
    with committing():
        meal = make_meal(ada, "Lentil soup", publish=True)
        meal.refresh_from_db()
    with committing():
        services.edit_meal(
            meal_id=meal.pk, editor=ada, content=MealContent(title="Bean stew"), expected_version=1, now=NOW
        )
    assert [hit.id for hit in search.search("meals", "bean stew").hits] == [meal.pk]
    assert search.search("meals", "soup").hits == []
    assert search.suggest("meals", "len") == []


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": "draft"},
        {"status": "scheduled", "scheduled_for": NOW + timedelta(days=1)},
        {"status": "archived"},
        {"audience": "followers"},
        {"audience": "private"},
    ],
)
def test_meal_that_strangers_may_not_see_is_nowhere_in_search(ada, hidden):
    meal = make_meal(ada, "Zucchini secret", publish=True)
    search.index_objects("meals", [meal.pk])
    Meal.objects.filter(pk=meal.pk).update(**hidden)
    assert search.search("meals", "zucchini").hits == []
    assert search.suggest("meals", "zucc") == []
    search.index_objects("meals", [meal.pk])
    assert (held(), vocabulary()) == ([], {})
    assert search.search("meals", "zuchini").corrected_text is None


def test_indexing_twice_changes_nothing(ada):
    meal = make_meal(ada, "Lentil soup", publish=True, steps=["Simmer."])
    search.index_objects("meals", [meal.pk])
    before = vocabulary()
    search.index_objects("meals", [meal.pk, meal.pk])
    assert (held(), vocabulary()) == ([meal.pk], before)
    assert before["lentil"] == (1, 1)
    assert before["water"] == (1, 0)


def test_meal_without_a_word_can_be_indexed_again(ada):
    meal = make_meal(ada, "★★★", publish=True, ingredients=["♥"], steps=[])
    for _ in range(2):
        search.index_objects(MEALS, [meal.pk])
    assert search.search(MEALS, "★★★").hits == []


def test_vocabulary_forgets_with_the_meal(ada):
    kept = make_meal(ada, "Lentil soup", publish=True, steps=["Stir."])
    gone = make_meal(ada, "Lentil stew", publish=True, steps=["Braise."])
    search.index_objects("meals", [kept.pk, gone.pk])
    assert vocabulary()["lentil"] == (2, 2)
    search.remove_objects("meals", [gone.pk])
    assert vocabulary()["lentil"] == (1, 1)
    assert "braise" not in vocabulary()


def test_change_during_a_rebuild_is_not_lost(ada, monkeypatch):
    """Between two batches a meal changes and another leaves: the new index knows both."""
    monkeypatch.setattr("fitfoodie.search.engines.database.BATCH", 1)
    first, second = (make_meal(ada, f"Lentil soup {n}", publish=True) for n in range(2))
    engine = registry.of_database()
    search.index_objects("meals", [first.pk, second.pk])
    fill = engine._fill_next_batch

    def fill_and_disturb(index, *, after):
        result = fill(index, after=after)
        if after == 0:
            Meal.objects.filter(pk=first.pk).update(title="Bean stew")
            Meal.objects.filter(pk=second.pk).update(status="draft")
            search.index_objects("meals", [first.pk, second.pk])
        return result

    monkeypatch.setattr(engine, "_fill_next_batch", fill_and_disturb)
    assert search.rebuild("meals") == 1
    assert held() == [first.pk]
    assert [hit.id for hit in search.search("meals", "bean").hits] == [first.pk]


def test_event_that_is_gone_is_no_error(db):
    index_meal_of_event(event_id=0)


def test_documents_take_as_many_queries_for_three_as_for_one(ada, django_assert_num_queries):
    for number in range(3):
        make_meal(ada, f"Lentil soup {number}", tags=["quick"])
    for count in (1, 3):
        ids = list(Meal.objects.values_list("pk", flat=True)[:count])
        with django_assert_num_queries(4):
            assert len(list(documents(Meal.objects.filter(pk__in=ids)))) == count


def test_search_takes_as_many_queries_for_three_as_for_one(ada, django_assert_num_queries):
    search.index_objects("meals", [make_meal(ada, f"Lentil soup {n}", publish=True).pk for n in range(3)])
    for limit in (1, 3):
        with django_assert_num_queries(3):
            assert len(search.search("meals", "lentil", limit=limit).hits) == limit


def test_rebuild_command_names_what_it_did(ada, capsys):
    make_meal(ada, "Lentil soup", publish=True)
    call_command("search_rebuild", index="meals")
    assert capsys.readouterr().out.startswith("meals: 1 documents in ")


def test_rebuild_command_refuses_an_unknown_index(db):
    with pytest.raises(CommandError, match=r"There is no search index “people”\. Registered: classes, meals"):
        call_command("search_rebuild", index="people")


def test_status_command_fails_when_rows_are_missing(ada, capsys):
    make_meal(ada, "Lentil soup", publish=True)
    with pytest.raises(SystemExit):
        call_command("search_status")
    assert "0 of 1 documents (run manage.py search_rebuild)" in capsys.readouterr().out


def test_index_cannot_be_registered_twice():
    with pytest.raises(ValueError, match="registered twice"):
        indexes.register(MEALS)


def plan(sql, params):
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table of a few rows is read in whole, whatever indexes it has: ask what the plan is when that costs.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_indexscan = off")
            cursor.execute("SET LOCAL enable_indexonlyscan = off")
        cursor.execute(explain + sql, params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_full_text_index_is_used(ada):
    search.index_objects("meals", [make_meal(ada, f"Lentil soup {n}", publish=True).pk for n in range(3)])
    engine, question = registry.of_database(), parse("lentil")
    shown = plan(*engine.best_statement(Tables("meals"), question, engine.expression(question)))
    expected = "search_meals VIRTUAL TABLE INDEX" if connection.vendor == "sqlite" else "search_meals_document_idx"
    assert expected in shown


def test_full_text_table_leads_the_join_with_filters(ada):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL weighs the join by its statistics; SQLite must start from the match.")
    shown = plan(*search.apply("meals", Meal.objects.public(), "lentil").query.sql_with_params())
    assert "search_meals VIRTUAL TABLE INDEX" in shown.splitlines()[0]


@pytest.mark.postgres
def test_trigram_index_is_used(db):
    if connection.vendor != "postgresql":
        pytest.skip("Trigrams are PostgreSQL's; SQLite reads ranges of its vocabulary.")
    shown = plan("SELECT word FROM search_meals_word WHERE word %% %s", ["chiken"])
    assert "search_meals_word_word_idx" in shown


def test_suggestions_read_a_range_of_their_index(ada):
    search.index_objects("meals", [make_meal(ada, "Lentil soup", publish=True).pk])
    shown = plan("SELECT name FROM search_meals_name WHERE key >= %s AND key < %s ORDER BY key LIMIT 8", ["le", "lf"])
    assert "search_meals_name_key" in shown
