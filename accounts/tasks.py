from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from accounts.enums import Role
from accounts.models import RoleChange
from accounts.roles import ROLES
from accounts.services.data_export import build_export, clean_exports
from accounts.services.deletion import close_expired_accounts
from accounts.services.refresh_tokens import delete_expired_refresh_tokens
from fitfoodie.events.models import Event


@shared_task(name="accounts.send_mail")
def send_mail(*, subject: str, text: str, html: str, sender: str, to: list[str]) -> None:
    """A rendered letter of the sign-in machinery. A second delivery after a crash does no harm."""
    message = EmailMultiAlternatives(subject, text, sender, to)
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


@shared_task(name="accounts.tell_role_changed")
def tell_role_changed(*, event_id: int) -> None:
    """Tell the person by mail, once: whoever marks the change first sends."""
    event = Event.objects.get(pk=event_id)
    change = RoleChange.objects.select_related("user__preferences").get(pk=event.data["role_change_id"])
    if not RoleChange.objects.filter(pk=change.pk, told_at=None).update(told_at=timezone.now()):
        return
    with override(change.user.preferences.language):
        context = {"change": change, "may": ROLES[Role(change.role)].may, "site_name": settings.SITE_NAME}
        subject = render_to_string("accounts/mail/role_changed_subject.txt", context).strip()
        text = render_to_string("accounts/mail/role_changed_message.txt", context)
    send_mail(subject=subject, text=text, html="", sender=settings.DEFAULT_FROM_EMAIL, to=[change.user.email])


@shared_task(name="accounts.close_expired_accounts")
def close_accounts() -> int:
    return close_expired_accounts(now=timezone.now())


@shared_task(name="accounts.delete_expired_refresh_tokens")
def clean_refresh_tokens() -> int:
    return delete_expired_refresh_tokens(now=timezone.now())


@shared_task(name="accounts.build_export")
def make_export(*, job_id: int) -> None:
    build_export(job_id=job_id, now=timezone.now())


@shared_task(name="accounts.clean_exports")
def tidy_exports() -> int:
    return clean_exports(now=timezone.now())
