"""Where allauth meets our services: it decides the steps, our services write."""

import base64
import hashlib
from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import is_headless_request
from allauth.headless.adapter import DefaultHeadlessAdapter
from allauth.headless.base.response import AuthenticationResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.auth.known_device import known_device_of, remember_device
from accounts.auth.mails import send_security_mail
from accounts.auth.rate_limits import count_login_attempt
from accounts.auth.verify_links import verify_url
from accounts.models import User
from accounts.rules import is_verified_email
from accounts.services.deletion import cancel_deletion
from accounts.services.end_sessions import end_sessions
from accounts.services.set_password import set_password
from accounts.services.sign_in import record_sign_in
from accounts.services.sign_up import sign_up
from accounts.tasks import send_mail
from fitfoodie.common.client_ip import client_ip
from fitfoodie.common.errors import ConflictError


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This e-mail address and password do not belong together. Check both, or reset it."
        ),
        "incorrect_code": _("This is not the code we sent. Check the newest mail, or ask for a new code."),
        "incorrect_password": _("This is not your password. Try again, or reset it."),
        "invalid_password_reset": _("This link has been used or is too old. Ask for a new one."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.account.stages.EmailVerificationStage": "accounts.auth.stages.NewcomerVerificationStage"}
        return [ours.get(path, path) for path in super().get_login_stages()]

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        fields = form.joining_fields()
        user.email = form.cleaned_data["email"]
        user.name, user.handle = fields["name"], fields["handle"]
        user.set_password(form.cleaned_data.get("password1") or form.cleaned_data.get("password"))
        try:
            return sign_up(user=user, language=_language())
        except ConflictError:
            # Two sign-ups with one address at once: the later one is answered like any known address.
            response = prevent_enumeration(request, email=user.email)
            headless = AuthenticationResponse.from_response(request, response) if is_headless_request(request) else None
            raise ImmediateHttpResponse(headless or response) from None

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        self._login_failed_rl_usage = count_login_attempt(request, credentials.get("email", ""))

    def login(self, request: HttpRequest, user: User) -> None:
        request.last_login_before = user.last_login  # type: ignore[attr-defined]  # Django overwrites it on login
        super().login(request, user)

    def logout(self, request: HttpRequest) -> None:
        """The tokens of an app go with its session, and open sockets hear of it (SEC-4)."""
        if isinstance(request.user, User) and request.session.session_key:
            keys = [request.session.session_key]
            end_sessions(user=request.user, session_keys=keys, reason="signed_out", actor=request.user)
        super().logout(request)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        is_new_device = record_sign_in(
            user=user,
            session_key=request.session.session_key or "",
            user_agent=self.get_http_user_agent(request),
            is_known_device=known_device_of(request, user.email) is not None,
            has_signed_in_before=getattr(request, "last_login_before", None) is not None,
        )
        if is_new_device:
            send_security_mail(user, "new_device")
        if cancel_deletion(user=user, now=timezone.now()):
            messages.success(request, _("Welcome back. Your account stays, as it was."))
        if not is_headless_request(request):
            remember_device(request, response, user)
        return response

    def set_password(self, user: User, password: str) -> None:
        is_own = self.request.user.is_authenticated and self.request.user.pk == user.pk
        keep = self.request.session.session_key if is_own else None
        set_password(user=user, password=password, keep_session=keep, is_reset=not is_own)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        address: EmailAddress = emailconfirmation.email_address
        context = {
            "user": address.user,
            "code": emailconfirmation.key,
            "activate_url": verify_url(request, address),
        }
        template = "account/email/email_confirmation_signup" if signup else "account/email/email_confirmation"
        self.send_mail(template, address.email, context)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Rendered now, sent by a task: the answer takes as long whether or not a letter goes out (SEC-1)."""
        site = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "request": self.request, "email": email}
        message = self.render_mail(template_prefix, email, site | context)
        html = next((str(body) for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
        transaction.on_commit(
            partial(
                send_mail.delay,
                subject=str(message.subject),
                text=str(message.body),
                html=html,
                sender=message.from_email,
                to=message.to,
            )
        )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")


class HeadlessAdapter(DefaultHeadlessAdapter):
    def serialize_user(self, user: User) -> dict[str, Any]:
        """What an app learns about its own person, besides allauth's own fields."""
        own = {"handle": user.handle, "name": user.name, "email_verified": is_verified_email(user)}
        fields: dict[str, Any] = super().serialize_user(user)
        return fields | own


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are encrypted at rest with a key derived from SECRET_KEY."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it has been used already. Wait for the next one."),
        "unverified_email": _("Confirm your e-mail address first, so that you cannot be locked out."),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002  allauth's name
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("My passkey") if count == 0 else gettext("Passkey %(number)d") % {"number": count + 1}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """From the settings alone: without keys in the database no page has to ask it which buttons to show."""
        by_provider = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in by_provider.values() for app in apps]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """A provider without keys is a page that is not there; an app is told by allauth's own answer."""
        try:
            return super().get_provider(request, provider, client_id)
        except SocialApp.DoesNotExist:
            if is_headless_request(request):
                raise
            raise Http404 from None

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        told = data.get("name") or " ".join(part for part in parts if part)
        user.name = str(told or sociallogin.account.extra_data.get("name") or "")[:80]
        return user

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Form | None = None) -> User:
        user: User = sociallogin.user
        if form is not None:
            user.email = form.cleaned_data.get("email") or user.email
            user.name = form.cleaned_data.get("name") or user.name
            user.handle = form.cleaned_data.get("handle") or ""
        user.set_unusable_password()
        sign_up(user=user, method=sociallogin.account.provider, language=_language())
        sociallogin.save(request)
        return user

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_signup_form_initial_data(sociallogin)
        return initial | {"name": sociallogin.user.name}

    def validate_disconnect(self, account: SocialAccount, accounts: Any) -> None:
        """allauth has checked for another provider or a password with a confirmed address; a passkey alone could be
        lost with its device, so it does not count as another way in."""


def _language() -> str:
    language = get_language() or "en"
    return language if language in dict(settings.LANGUAGES) else "en"


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"accounts.mfa:" + settings.SECRET_KEY.encode()).digest()))
