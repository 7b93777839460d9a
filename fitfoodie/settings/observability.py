"""What the operator sees: logs, health, errors."""

import logging
from typing import Any

import sentry_sdk
import structlog
from sentry_sdk.utils import BadDsn

from fitfoodie.settings.env import env

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
# "json" is one object a line for machines, "console" is for a person at a terminal.
LOG_FORMAT = env.str("LOG_FORMAT", default="json")

# One line a request, when it has finished.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_COMMAND_LOGGING_ENABLED = False

SHARED_PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.UnicodeDecoder(),
]
_renderers: dict[str, Any] = {
    "json": [
        # Without local variables: they hold tokens and addresses of people.
        structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
        structlog.processors.JSONRenderer(),
    ],
    "console": [structlog.dev.ConsoleRenderer(colors=False)],
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers.get(LOG_FORMAT, [])],
            "foreign_pre_chain": SHARED_PROCESSORS,
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # The request middleware writes one line a request, with its id; the server's own line would be a second one.
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.channels.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "daphne": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "celery": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}

structlog.configure(
    processors=[
        *SHARED_PROCESSORS[:1],
        structlog.stdlib.filter_by_level,
        *SHARED_PROCESSORS[1:],
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)

SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    try:
        sentry_sdk.init(dsn=SENTRY_DSN, send_default_pii=False)
    except BadDsn as error:
        env.problems["SENTRY_DSN"] = str(error)
# The part of /metrics and of the detailed readiness page that machines open: a bearer token, or nothing.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# What must answer before a process is sent requests; then what only staff and the metrics token are told of besides.
HEALTH_CHECKS = [
    "fitfoodie.common.health.checks.DatabaseCheck",
    "fitfoodie.common.health.checks.CacheCheck",
    "fitfoodie.common.health.checks.BrokerCheck",
    "fitfoodie.common.health.checks.MigrationsCheck",
    "fitfoodie.search.health.SearchCheck",
]
HEALTH_CHECKS_STAFF = ["fitfoodie.common.health.checks.FailedJobsCheck", "orders.health.LedgerCheck"]
