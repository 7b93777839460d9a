"""Background work: which broker, how tasks are retried, what runs on a schedule."""

from fitfoodie.settings.env import env

CELERY_BROKER_URL = env.str("REDIS_URL", default="") or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "sweep-undispatched-events": {"task": "events.sweep_undispatched_events", "schedule": 60.0},
}
