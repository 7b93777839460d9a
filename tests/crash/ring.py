"""`python -m tests.crash.ring`: record a fact, commit, and be killed before (or in the middle of) its dispatch."""

import os
import signal

import django
from django.conf import settings

django.setup()

from django.db import transaction  # noqa: E402  after the set-up, as in any script

from fitfoodie.events.models import Event  # noqa: E402
from fitfoodie.events.services import record  # noqa: E402
from tests.crash.events import BellRung  # noqa: E402
from tests.crash.models import Delivery  # noqa: E402

if __name__ == "__main__":
    settings.CELERY_TASK_ALWAYS_EAGER = True
    with transaction.atomic():
        if os.environ["DIE"] == "before-dispatch":
            transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
        subject = Delivery(pk=1)
        record(BellRung(bell_id=1), actor=None, subject=subject)
    print("alive, events:", Event.objects.count())
