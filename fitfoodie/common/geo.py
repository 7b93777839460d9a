"""Where things are near. Points are plain `latitude` and `longitude` columns in degrees (WGS 84).

On PostgreSQL with PostGIS a GiST index on an expression finds them; elsewhere a bounding box on a B-tree, then the
haversine formula in SQL. Both measure on one sphere, so both find the same rows (N49).
"""

import math
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connections, models
from django.db.migrations.operations.base import Operation
from django.db.models import Expression, ExpressionWrapper, F, FloatField, Func, Q, QuerySet, Value
from django.db.models.functions import ASin, Cos, Least, Radians, Sin, Sqrt

# Mean radius of the Earth in kilometres (IUGG), which is also the sphere that PostGIS measures geographies on.
EARTH_RADIUS_KM = 6371.0087714150598
KM_PER_DEGREE = math.pi * EARTH_RADIUS_KM / 180

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Point:
    """Degrees. Raises ValueError outside −90…90 and −180…180, and for what is no number."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError("A latitude is between −90 and 90 degrees, a longitude between −180 and 180.")


@dataclass(frozen=True)
class Place:
    """A point that a statement is told when it is asked: expressions of degrees, for PostGIS alone."""

    latitude: Expression
    longitude: Expression


@dataclass(frozen=True)
class Columns:
    """The columns that hold the point, also across a relation: `Columns("studio__latitude", "studio__longitude")`."""

    latitude: str = "latitude"
    longitude: str = "longitude"


COLUMNS = Columns()


def distance_km(one: Point, other: Point) -> float:
    """Great-circle distance by the haversine formula, in kilometres."""
    half_lat = math.radians(other.latitude - one.latitude) / 2
    half_lng = math.radians(other.longitude - one.longitude) / 2
    cosines = math.cos(math.radians(one.latitude)) * math.cos(math.radians(other.latitude))
    root = math.sin(half_lat) ** 2 + cosines * math.sin(half_lng) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(root)))


def near(
    rows: "QuerySet[M]", point: Point | Place, km: float | Expression, *, columns: Columns = COLUMNS
) -> "QuerySet[M]":
    """Rows within `km` kilometres, with their `distance_km`; rows without a point are left out. In no order."""
    rows = with_distance(rows, point, columns=columns)
    if isinstance(point, Place) or isinstance(km, Expression) or has_postgis(rows.db):
        metres = km * Value(1000.0) if isinstance(km, Expression) else Value(km * 1000.0)
        return rows.filter(_Within(_geography(columns), _here(point), metres))
    return rows.filter(_box(point, km, columns), distance_km__lte=km)


def nearest_first(rows: "QuerySet[M]", point: Point | Place, *, columns: Columns = COLUMNS) -> "QuerySet[M]":
    """Ordered by distance, equally far rows by key. On PostGIS the planner may walk the spatial index outward; whether
    it does is a matter of its statistics, so narrow by `near` as well."""
    if has_postgis(rows.db):
        return rows.order_by(_Apart(_geography(columns), _here(point)), "pk")
    return with_distance(rows, point, columns=columns).order_by("distance_km", "pk")


def with_distance(rows: "QuerySet[M]", point: Point | Place, *, columns: Columns = COLUMNS) -> "QuerySet[M]":
    """Annotated with `distance_km`, a float."""
    found: QuerySet[M] = rows.annotate(distance_km=_distance(rows.db, point, columns))  # type: ignore[assignment]  # the stubs call it another row type
    return found


def has_postgis(alias: str) -> bool:
    """Whether this database has the extension; asked once per process and database."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return False
    known: bool | None = _postgis.get(str(connection.settings_dict["NAME"]))
    if known is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'postgis'")
            known = cursor.fetchone() is not None
        _postgis[str(connection.settings_dict["NAME"])] = known
    return known


_postgis: dict[str, bool] = {}


class _Geography(Func):
    """The very expression that `AddPointIndex` indexes: the planner matches it by its text."""

    template = "(ST_MakePoint(%(expressions)s)::geography)"
    output_field = FloatField()


class _Within(Func):
    template = "ST_DWithin(%(expressions)s, false)"
    output_field = models.BooleanField()


class _Metres(Func):
    template = "ST_Distance(%(expressions)s, false)"
    output_field = FloatField()


class _Apart(Func):
    arg_joiner = " <-> "
    template = "(%(expressions)s)"
    output_field = FloatField()


def _geography(columns: Columns) -> _Geography:
    return _Geography(F(columns.longitude), F(columns.latitude))


def _here(point: Point | Place) -> _Geography:
    if isinstance(point, Place):
        return _Geography(point.longitude, point.latitude)
    return _Geography(Value(point.longitude, FloatField()), Value(point.latitude, FloatField()))


def _distance(alias: str, point: Point | Place, columns: Columns) -> Any:
    if isinstance(point, Place) or has_postgis(alias):
        metres = _Metres(_geography(columns), _here(point))
        return ExpressionWrapper(metres / Value(1000.0), output_field=FloatField())
    return _haversine(point, columns)


def _haversine(point: Point, columns: Columns) -> Any:
    """As `distance_km`, in SQL."""
    latitude, longitude = F(columns.latitude), F(columns.longitude)
    lat = Sin(Radians(latitude - Value(point.latitude)) / Value(2.0))
    lng = Sin(Radians(longitude - Value(point.longitude)) / Value(2.0))
    here = Value(math.cos(math.radians(point.latitude)))
    root = lat * lat + here * Cos(Radians(latitude)) * lng * lng
    half = ASin(Least(Sqrt(root), Value(1.0)))
    return ExpressionWrapper(half * Value(2 * EARTH_RADIUS_KM), output_field=FloatField())


def _box(point: Point, km: float, columns: Columns) -> Q:
    """Everything within the distance is in the box; across the date line it is two, over a pole every longitude."""
    lat = km / KM_PER_DEGREE * 1.000001
    inside = Q(**{f"{columns.latitude}__gte": point.latitude - lat, f"{columns.latitude}__lte": point.latitude + lat})
    widest = abs(point.latitude) + lat
    if widest >= 90:
        return inside
    # The circle is widest where meridians touch it, not at its centre.
    ratio = math.sin(math.radians(lat)) / math.cos(math.radians(point.latitude))
    if ratio >= 1:
        return inside
    lng = math.degrees(math.asin(ratio)) * 1.000001
    return inside & _between(columns.longitude, point.longitude - lng, point.longitude + lng)


def _between(column: str, west: float, east: float) -> Q:
    if west < -180:
        return Q(**{f"{column}__gte": west + 360}) | Q(**{f"{column}__lte": east})
    if east > 180:
        return Q(**{f"{column}__gte": west}) | Q(**{f"{column}__lte": east - 360})
    return Q(**{f"{column}__gte": west, f"{column}__lte": east})


class _OnPostgis(Operation):
    """Does nothing where PostGIS cannot be had; a plain index on the columns serves the box there."""

    reversible = True
    reduces_to_sql = False

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql" and _can_have_postgis(schema_editor):
            schema_editor.execute(self.forwards)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(self.backwards)

    forwards = "SELECT 1"
    backwards = "SELECT 1"

    def describe(self) -> str:
        return f"On PostGIS: {self.forwards}"


class EnablePostgis(_OnPostgis):
    forwards = "CREATE EXTENSION IF NOT EXISTS postgis"

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        _postgis.clear()


class AddPointIndex(_OnPostgis):
    """A GiST index on the point of `table`, as `near` and `nearest_first` ask for it.

    With `where`, of those rows alone: it serves statements whose conditions contain it, in these words.
    """

    def __init__(
        self, table: str, name: str, *, latitude: str = "latitude", longitude: str = "longitude", where: str = ""
    ) -> None:
        self.table, self.name, self.latitude, self.longitude, self.where = table, name, latitude, longitude, where

    @property
    def forwards(self) -> str:  # type: ignore[override]
        point = f'(ST_MakePoint("{self.longitude}", "{self.latitude}")::geography)'
        rows = f" WHERE {self.where}" if self.where else ""
        return f'CREATE INDEX IF NOT EXISTS "{self.name}" ON "{self.table}" USING gist ({point}){rows}'

    @property
    def backwards(self) -> str:  # type: ignore[override]
        return f'DROP INDEX IF EXISTS "{self.name}"'

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        options = {"latitude": self.latitude, "longitude": self.longitude, "where": self.where}
        return type(self).__name__, [self.table, self.name], options


def _can_have_postgis(schema_editor: Any) -> bool:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'")
        return cursor.fetchone() is not None
