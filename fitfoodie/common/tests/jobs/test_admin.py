"""Failed jobs, jobs and the schedule in the back office."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from fitfoodie.common.jobs.schedule import scheduled_tasks
from fitfoodie.common.models import BackgroundJob, FailedJob, ScheduledRun

pytestmark = pytest.mark.django_db
FAILED = "/admin/common/failedjob/"
SCHEDULE = "/admin/common/scheduledrun/"
NOW = datetime(2026, 3, 1, 10, 0, 30, tzinfo=UTC)


@shared_task(name="tests.mended")
def mended():
    """What failed before and works now."""


@pytest.fixture
def admin(client):
    admin = UserFactory(roles_held=[Role.ADMIN], is_superuser=True)
    client.force_login(admin)
    return admin


@pytest.fixture
def failed():
    return FailedJob.objects.create(task_id="1", task="tests.mended", error="ValueError", failed_at=timezone.now())


def act(client, action, job, **more):
    return client.post(FAILED, {"action": action, "_selected_action": [job.pk], **more}, follow=True)


def test_dismiss_asks_for_the_reason(client, admin, failed):
    assert "Reason" in act(client, "dismiss", failed).content.decode()
    assert "This field is required" in act(client, "dismiss", failed, reason="").content.decode()
    failed.refresh_from_db()
    assert failed.settled_at is None
    act(client, "dismiss", failed, reason="A known outage")
    failed.refresh_from_db()
    assert (failed.settlement, failed.settled_by) == ("dismissed: A known outage", admin)


def test_retry_settles_once_and_says_so(client, admin, failed):
    assert "tests.mended: retried" in act(client, "retry", failed).content.decode()
    assert "Somebody has settled this job already." in act(client, "retry", failed).content.decode()
    failed.refresh_from_db()
    assert (failed.settlement, failed.settled_by) == ("retried", admin)


def test_whoever_may_not_settle_is_offered_no_action(client, failed):
    client.force_login(UserFactory(roles_held=[Role.MODERATOR]))
    act(client, "retry", failed)
    failed.refresh_from_db()
    assert failed.settled_at is None


def test_jobs_are_listed_with_their_state(client, admin, django_assert_max_num_queries):
    for _ in range(3):
        BackgroundJob.objects.create(owner=UserFactory(), title="Bringing recipes in")
    with django_assert_max_num_queries(12):
        html = client.get("/admin/common/backgroundjob/").content.decode()
    assert "Bringing recipes in" in html
    assert "Waiting" in html


def test_schedule_is_shown_above_the_runs(client, admin):
    ScheduledRun.objects.create(task="common.sweep_photos", slot_at=timezone.now(), enqueued_at=timezone.now())
    html = client.get(SCHEDULE).content.decode()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["kwargs"]["task"] in html
    assert "due now" in html


@time_machine.travel(NOW, tick=False)
def test_next_run_is_the_first_slot_nobody_took():
    for minutes in (3, 1, 0):
        slot_at = NOW.replace(second=0) - timedelta(minutes=minutes)
        ScheduledRun.objects.create(task="common.sweep_photos", slot_at=slot_at, enqueued_at=slot_at)
    tasks = {task.task: task for task in scheduled_tasks(now=NOW)}
    assert len(tasks) == len(settings.CELERY_BEAT_SCHEDULE)
    photos, events = tasks["common.sweep_photos"], tasks["events.sweep_undispatched_events"]
    assert (photos.last_at, photos.next_at) == (NOW.replace(second=0), NOW.replace(minute=1, second=0))
    assert (events.last_at, events.next_at) == (None, NOW.replace(second=0))


def test_schedule_is_one_query_and_the_next_comes_first(django_assert_num_queries):
    with django_assert_num_queries(1):
        tasks = scheduled_tasks(now=NOW)
    assert [task.next_at for task in tasks] == sorted(task.next_at for task in tasks)
