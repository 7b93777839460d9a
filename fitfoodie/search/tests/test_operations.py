import pytest
from django.db import connection
from django.db.migrations.state import ProjectState

from fitfoodie.search.engines import registry
from fitfoodie.search.engines.tables import Tables
from fitfoodie.search.operations import CreateSearchIndex


@pytest.mark.django_db(transaction=True)  # on SQLite a schema change wants no transaction around it
def test_index_is_created_and_taken_back():
    operation = CreateSearchIndex("things")
    engine, tables = registry.of_database(), Tables("things")

    def there():
        with connection.cursor() as cursor:
            return [engine.has_table(cursor, name) for name in tables.all]

    state = ProjectState()
    operation.state_forwards("search", state)
    assert there() == [False] * 4
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("search", editor, state, state)
    assert there() == [True] * 4
    with connection.schema_editor(atomic=False) as editor:
        operation.database_backwards("search", editor, state, state)
    assert there() == [False] * 4


def test_operation_can_be_written_into_a_migration():
    operation = CreateSearchIndex("things")
    assert operation.deconstruct() == ("CreateSearchIndex", ["things"], {})
    assert operation.describe() == "Create the tables of the search index things"
    assert operation.migration_name_fragment == "search_things"
