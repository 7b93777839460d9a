from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from fitfoodie.events import registry
from fitfoodie.events.models import Event
from fitfoodie.events.services import Fact, NotInTransactionError, record, record_all
from fitfoodie.events.tasks import dispatch_event, sweep_undispatched_events


@registry.event("tests.group.made", label="Group made")
class GroupMade:
    group_id: int
    title: str = ""


@pytest.fixture
def received(monkeypatch):
    """What the consumers of this test were handed, in order."""
    ids: list[int] = []
    monkeypatch.setattr(registry, "_subscriptions", [])
    registry.subscribe("tests.group.*", consumer="tests", enqueue=ids.append)
    return ids


@pytest.fixture
def group(db):
    return Group.objects.create(name="runners")


def make_event(group, *, age=timedelta(0)):
    with transaction.atomic():
        event = record(GroupMade(group_id=group.pk, title="Runners"), actor=None, subject=group)
    Event.objects.filter(pk=event.pk).update(occurred_at=timezone.now() - age)
    return event


def test_record_writes_the_exact_payload(group, received):
    event = make_event(group)
    event.refresh_from_db()
    assert (event.name, event.subject_type, event.subject_id) == ("tests.group.made", "auth.group", str(group.pk))
    assert event.data == {"group_id": group.pk, "title": "Runners"}
    assert event.payload == GroupMade(group_id=group.pk, title="Runners")
    assert str(event) == f"tests.group.made #{event.pk}"


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused(group):
    with pytest.raises(NotInTransactionError):
        record(GroupMade(group_id=group.pk), actor=None, subject=group)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_commit_dispatches_and_marks(group, received):
    event = make_event(group)
    event.refresh_from_db()
    assert received == [event.pk]
    assert event.dispatched_at is not None


@pytest.mark.django_db(transaction=True)
def test_rollback_leaves_no_event_and_tells_nobody(group, received):
    with transaction.atomic():
        record(GroupMade(group_id=group.pk), actor=None, subject=group)
        transaction.set_rollback(True)
    assert received == []
    assert not Event.objects.exists()


def test_dispatch_of_a_dispatched_event_does_nothing(group, received):
    event = make_event(group)
    dispatch_event(event_id=event.pk)
    dispatch_event(event_id=event.pk)
    assert received == [event.pk]


def test_sweep_takes_what_never_ran_and_leaves_the_young(group, received):
    lost = make_event(group, age=timedelta(minutes=5))
    make_event(group)
    assert sweep_undispatched_events() == 1
    assert received == [lost.pk]


def test_events_about_a_subject(group, received):
    other = Group.objects.create(name="swimmers")
    event = make_event(group)
    make_event(other)
    assert list(Event.objects.about(group)) == [event]


def test_events_are_never_deleted(group, received):
    with pytest.raises(TypeError):
        make_event(group).delete()


def test_facts_of_one_change_are_one_statement_in_order_and_each_is_dispatched(
    group, received, django_assert_num_queries, django_capture_on_commit_callbacks
):
    facts = [Fact(GroupMade(group_id=number), None, group) for number in (1, 2)]
    with django_capture_on_commit_callbacks(execute=True), django_assert_num_queries(1):
        events = record_all(facts)
    assert [event.data["group_id"] for event in Event.objects.order_by("pk")] == [1, 2]
    assert received == [event.pk for event in events]


def test_no_facts_are_none(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert record_all([]) == []
