from accounts import tasks
from fitfoodie.events.registry import subscribe


def _tell_role_changed(event_id: int) -> None:
    tasks.tell_role_changed.delay(event_id=event_id)


subscribe("accounts.role.*", consumer="accounts.role_mail", enqueue=_tell_role_changed)
