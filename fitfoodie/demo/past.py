"""What the demo world says happened last week is in the log as of last week."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from fitfoodie.events.models import Event


@contextmanager
def as_of(at: datetime) -> Iterator[None]:
    """Everything recorded inside happened at `at`; it is told when the block is committed, so feeds show it there."""
    with transaction.atomic():
        last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        yield
        Event.objects.filter(pk__gt=last).update(occurred_at=at)
