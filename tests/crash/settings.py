from fitfoodie.settings.development import *  # noqa: F403  the settings under test, with one more app
from fitfoodie.settings.development import INSTALLED_APPS
from fitfoodie.settings.jobs import every

INSTALLED_APPS = [*INSTALLED_APPS, "tests.crash"]
START_STEPS: list[str] = []
EVENTS_SWEEP_AFTER_SECONDS = 0
CELERY_BEAT_SCHEDULE = {"sweep": every(1, "events.sweep_undispatched_events")}
