from celery import shared_task
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accounts.services.refresh_tokens import delete_expired_refresh_tokens


@shared_task(name="accounts.send_mail")
def send_mail(*, subject: str, text: str, html: str, sender: str, to: list[str]) -> None:
    """A rendered letter of the sign-in machinery. A second delivery after a crash does no harm."""
    message = EmailMultiAlternatives(subject, text, sender, to)
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


@shared_task(name="accounts.delete_expired_refresh_tokens")
def clean_refresh_tokens() -> int:
    return delete_expired_refresh_tokens(now=timezone.now())
