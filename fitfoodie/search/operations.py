"""Migration operations for apps that register an index."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from fitfoodie.search.engines import registry
from fitfoodie.search.engines.tables import Tables


class CreateSearchIndex(Operation):
    """The tables of one index, in the dialect of the database. Fill them with `manage.py search_rebuild`."""

    reduces_to_sql = False
    reversible = True

    def __init__(self, index_name: str) -> None:
        self.index_name = index_name

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.index_name], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No model stands for these tables."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        registry.of_database(schema_editor.connection.vendor).create(self.index_name)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        engine = registry.of_database(schema_editor.connection.vendor)
        with schema_editor.connection.cursor() as cursor:
            engine.drop(cursor, Tables(self.index_name).beside)
            engine.drop(cursor, Tables(self.index_name))

    def describe(self) -> str:
        return f"Create the tables of the search index {self.index_name}"

    @property
    def migration_name_fragment(self) -> str:
        return f"search_{self.index_name}"
