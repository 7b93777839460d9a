"""Background work: which broker, how tasks are retried, what runs on a schedule."""

from typing import Any

from fitfoodie.settings.env import env

CELERY_BROKER_URL = env.str("REDIS_URL", default="") or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A request that enqueues must not hang on a broker that is away: the sweep picks up what is lost.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2, "visibility_timeout": 3600}
DJANGO_STRUCTLOG_CELERY_ENABLED = True


def every(seconds: int, task: str) -> dict[str, Any]:
    """A beat entry that runs `task` once in each slot of `seconds`, however many schedulers are up.

    Long slots are asked for every few minutes: a process that restarts daily would never see a whole day pass.
    """
    return {
        "task": "common.run_scheduled",
        "schedule": float(min(seconds, 300)),
        "kwargs": {"task": task, "every": seconds},
    }


EVENTS_SWEEP_AFTER_SECONDS = env.int("EVENTS_SWEEP_AFTER_SECONDS", default=30)

MINUTE, HOUR, DAY = 60, 3600, 86400

CELERY_BEAT_SCHEDULE = {
    "sweep-undispatched-events": every(MINUTE, "events.sweep_undispatched_events"),
    "close-expired-accounts": every(HOUR, "accounts.close_expired_accounts"),
    "clean-exports": every(HOUR, "accounts.clean_exports"),
    "delete-expired-refresh-tokens": every(DAY, "accounts.delete_expired_refresh_tokens"),
    "tell-saved-searches": every(DAY, "search.tell_saved_searches"),
    "forget-old-runs": every(DAY, "common.forget_old_runs"),
    "forget-idempotency-records": every(HOUR, "common.forget_expired_idempotency_records"),
    "forget-report-emails": every(DAY, "moderation.forget_report_emails"),
    "forget-chat-evidence": every(DAY, "chat.forget_evidence"),
    "forget-id-references": every(DAY, "influencers.forget_id_references"),
    "forget-old-feed-entries": every(HOUR, "social.forget_old_feed_entries"),
    "publish-due-meals": every(MINUTE, "meals.publish_due_meals"),
    "publish-due-posts": every(MINUTE, "influencers.publish_due_posts"),
    "check-open-payments": every(2 * MINUTE, "orders.check_open_payments"),
    "verify-ledger": every(DAY, "orders.verify_ledger"),
    "roll-up-views": every(HOUR, "influencers.roll_up_views"),
    "sweep-photos": every(MINUTE, "common.sweep_photos"),
    "make-slots": every(HOUR, "orders.make_slots"),
    "decide-sessions": every(MINUTE, "classes.decide_sessions"),
    "make-sessions": every(HOUR, "classes.make_sessions"),
    "expire-orders": every(MINUTE, "orders.expire_orders"),
    "complete-class-orders": every(HOUR, "orders.complete_class_orders"),
    "approve-due-commissions": every(HOUR, "orders.approve_due_commissions"),
    "expire-reservations": every(MINUTE, "classes.expire_reservations"),
    "close-waitlists": every(MINUTE, "classes.close_waitlists"),
    "tidy-seats": every(MINUTE, "classes.tidy_seats"),
    "forget-old-clicks": every(DAY, "orders.forget_old_clicks"),
    "close-due-attendance": every(2 * MINUTE, "classes.close_due_attendance"),
    "charge-due-fees": every(HOUR, "classes.charge_due_fees"),
}

# What `manage.py start` runs after the migrations, in this order.
START_STEPS: list[str] = ["import_foods", "demo"]
