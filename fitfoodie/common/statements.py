"""Statements of the hottest reads, built by the ORM once and asked many times.

Building and compiling a wide queryset takes Django longer than PostgreSQL needs for its answer. What differs from one
question to the next is `Given`; everything else is the queryset's, so a rule still stands in one place.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, Field, QuerySet
from django.db.models.query import ModelIterable, get_related_populators


class Given(Expression):
    """The place of a value that is told with each question. Its field says how the database takes it."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return "%s", [self]


@dataclass(frozen=True)
class Statement:
    """May be kept for as long as the process lives, and asked by every thread of it. `sql` is empty where the
    conditions can be true of nothing."""

    alias: str
    sql: str
    params: tuple[Any, ...]
    converters: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]
    make: Callable[[Any], Any] | None = None

    def rows(self, **given: Any) -> list[Any]:
        """As `values_list()` has them. Raises KeyError for a value that was not told."""
        found = self.stored(**given)
        connection = connections[self.alias]
        return [self._converted(row, connection) for row in found] if self.converters else found

    def stored(self, **given: Any) -> list[Any]:
        """As the database has them: the same, where no column is of a type that Django makes something of."""
        if not self.sql:
            return []
        with connections[self.alias].cursor() as cursor:
            cursor.execute(self.sql, self.values(**given))
            return list(cursor.fetchall())

    def instances(self, **given: Any) -> list[Any]:
        """Of the model, with what `select_related` and `annotate` asked for."""
        make = self.make
        if make is None:
            return []
        return [make(row) for row in self.rows(**given)]

    def values(self, **given: Any) -> list[Any]:
        """What the placeholders of `sql` stand for."""
        connection = connections[self.alias]
        return [
            param.output_field.get_db_prep_value(given[param.name], connection) if isinstance(param, Given) else param
            for param in self.params
        ]

    def _converted(self, row: Iterable[Any], connection: Any) -> tuple[Any, ...]:
        values = list(row)
        for place, functions, expression in self.converters:
            for function in functions:
                values[place] = function(values[place], expression, connection)
        return tuple(values)


def compiled(queryset: "QuerySet[Any, Any]") -> Statement:
    """Touches no row."""
    alias = queryset.db
    compiler = queryset.query.get_compiler(using=alias)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return Statement(alias, "", (), ())
    columns = [expression for expression, _sql, _alias in compiler.select[: compiler.col_count]]
    converters = tuple(
        (place, tuple(functions), expression)
        for place, (functions, expression) in compiler.get_converters(columns).items()
    )
    make = _maker(compiler, alias) if queryset._iterable_class is ModelIterable else None  # noqa: SLF001  what `values_list` changes
    return Statement(alias, sql, tuple(params), converters, make)


def _maker(compiler: Any, alias: str) -> Callable[[Any], Any]:
    """A row becomes an instance as Django's own `ModelIterable` has it."""
    info, select = compiler.klass_info, compiler.select
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [select[place][0].target.attname for place in range(first, last)]
    related = get_related_populators(info, select, alias)  # type: ignore[call-arg]  # the stubs are of a later Django
    annotations = compiler.annotation_col_map or {}

    def make(row: Any) -> Any:
        made = info["model"].from_db(alias, names, row[first:last])
        for populator in related:
            populator.populate(row, made)
        for name, place in annotations.items():
            setattr(made, name, row[place])
        return made

    return make
