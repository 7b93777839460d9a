import os
import signal

from fitfoodie.events.registry import subscribe
from tests.crash.tasks import deliver


def to_first(event_id: int) -> None:
    deliver.delay(event_id=event_id, consumer="first")


def to_second(event_id: int) -> None:
    if os.environ.get("DIE") == "in-dispatch":
        # The first consumer has done its work by now; the event is not marked yet.
        os.kill(os.getpid(), signal.SIGKILL)
    deliver.delay(event_id=event_id, consumer="second")


subscribe("tests.bell.*", consumer="first", enqueue=to_first)
subscribe("tests.bell.rung", consumer="second", enqueue=to_second)
