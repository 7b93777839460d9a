"""What must answer before this process should be sent requests."""

import dataclasses

from celery import current_app
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from health_check.base import HealthCheck
from health_check.exceptions import ServiceUnavailable, ServiceWarning

from fitfoodie.common.models import FailedJob

PROBE_KEY = "health:probe"


@dataclasses.dataclass
class DatabaseCheck(HealthCheck):
    name = "database"

    def run(self) -> None:
        try:
            with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
                cursor.execute("SELECT 1")
        except Exception as error:
            raise ServiceUnavailable("The database does not answer: check DATABASE_URL and the server.") from error


@dataclasses.dataclass
class CacheCheck(HealthCheck):
    name = "cache"

    def run(self) -> None:
        try:
            cache.set(PROBE_KEY, "ok", timeout=10)
            answer = cache.get(PROBE_KEY)
        except Exception as error:
            raise ServiceUnavailable("The cache does not answer: check REDIS_URL and the server.") from error
        if answer != "ok":
            raise ServiceUnavailable("The cache does not keep what it is given.")


@dataclasses.dataclass
class BrokerCheck(HealthCheck):
    name = "broker"

    def run(self) -> None:
        try:
            with current_app.connection_for_write(connect_timeout=2) as connection:
                connection.ensure_connection(max_retries=1, timeout=2)
        except Exception as error:
            raise ServiceUnavailable("The job broker does not answer: check REDIS_URL and the server.") from error


@dataclasses.dataclass
class MigrationsCheck(HealthCheck):
    name = "migrations"

    def run(self) -> None:
        try:
            executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
            plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except Exception as error:
            raise ServiceUnavailable("The state of the migrations cannot be read.") from error
        if plan:
            raise ServiceUnavailable(f"{len(plan)} migrations are not applied: run `manage.py migrate`.")


@dataclasses.dataclass
class FailedJobsCheck(HealthCheck):
    """For staff only, and no reason to take the process out: the dead-letter list wants a person."""

    name = "failed jobs"

    def run(self) -> None:
        waiting = FailedJob.objects.filter(settled_at=None).count()
        if waiting:
            raise ServiceWarning(f"{waiting} failed jobs wait for a decision in the back office.")
