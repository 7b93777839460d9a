from datetime import UTC, datetime

import pytest
import time_machine
from celery import current_app
from django.conf import settings

from fitfoodie.common.models import ScheduledRun
from fitfoodie.common.tasks import forget_old_runs, run_scheduled

pytestmark = pytest.mark.django_db


@time_machine.travel(datetime(2026, 3, 1, 10, 0, 30, tzinfo=UTC), tick=False)
def test_two_schedulers_run_a_slot_once():
    ran = [run_scheduled(task="common.forget_old_runs", every=60) for _ in range(2)]
    assert ran == [True, False]
    assert ScheduledRun.objects.get().slot_at == datetime(2026, 3, 1, 10, 0, tzinfo=UTC)


def test_next_slot_runs_again():
    for minute in (0, 1, 1, 2):
        with time_machine.travel(datetime(2026, 3, 1, 10, minute, 5, tzinfo=UTC), tick=False):
            run_scheduled(task="events.sweep_undispatched_events", every=60)
    assert ScheduledRun.objects.count() == 3


def test_old_slots_are_forgotten():
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC), tick=False):
        run_scheduled(task="events.sweep_undispatched_events", every=60)
    with time_machine.travel(datetime(2026, 3, 9, tzinfo=UTC), tick=False):
        assert forget_old_runs() == 1


def test_every_scheduled_task_exists():
    current_app.loader.import_default_modules()
    scheduled = {entry["kwargs"]["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled <= set(current_app.tasks)
