from celery import shared_task
from django.utils import timezone

from fitfoodie.common.jobs.task import ReliableTask
from fitfoodie.events.models import Event
from fitfoodie.notifications.services.mail import mail_notification
from fitfoodie.notifications.services.read import forget_between
from fitfoodie.notifications.services.tell import tell_people


@shared_task(name="notifications.tell", base=ReliableTask)
def tell(*, event_id: int) -> None:
    """Idempotent: rows are unique, and a mail is marked before it goes."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        return
    for notification_id in tell_people(event=event, now=timezone.now()):
        send_mail_of.delay(notification_id=notification_id)


@shared_task(name="notifications.mail", base=ReliableTask)
def send_mail_of(*, notification_id: int) -> None:
    mail_notification(notification_id=notification_id, now=timezone.now())


@shared_task(name="notifications.forget_blocked", base=ReliableTask)
def forget_blocked(*, event_id: int) -> None:
    event = Event.objects.filter(pk=event_id).first()
    if event is not None:
        forget_between(one_id=int(event.data["blocker_id"]), other_id=int(event.data["blocked_id"]))
