"""allauth's forms in our words: one password field with a switch to see it, no second one to type blind."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.auth.passwords import LengthValidator
from accounts.models import User


class PlainFields:
    """Labels above, nothing inside the box that goes away while typing; keyboards and code filling that fit."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name == "email":
                _plain(field, _("E-mail address"), autocomplete="email", inputmode="email")
            elif name == "code":
                _plain(field, _("Code"), autocomplete="one-time-code", autocapitalize="characters", spellcheck="false")


class AddEmailForm(PlainFields, allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ConfirmEmailForm(PlainFields, allauth_forms.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmLoginCodeForm(PlainFields, allauth_forms.ConfirmLoginCodeForm):
    pass


class ReauthenticateForm(PlainFields, allauth_forms.ReauthenticateForm):
    pass


class RequestLoginCodeForm(PlainFields, allauth_forms.RequestLoginCodeForm):
    pass


class RequestResetForm(PlainFields, allauth_forms.ResetPasswordForm):
    pass


class SignInForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], _("E-mail address"), autocomplete="username", inputmode="email")
        _plain(self.fields["password"], _("Password"))
        self.fields["password"].help_text = ""

    def _clean_with_password(self, credentials: dict[str, Any]) -> dict[str, Any]:
        """Without allauth's wait for people whose confirmation mail is fresh: they get in, to look around."""
        self._login = authenticated_login(self.request, credentials["email"], credentials)
        self.user = self._login.user
        return dict(self.cleaned_data)


def authenticated_login(request: HttpRequest, email: str, credentials: dict[str, Any]) -> Login:
    """Raises ValidationError when address and password do not belong together; counts the try (SEC-5)."""
    adapter = get_adapter(request)
    user = adapter.authenticate(request, email=email, password=credentials["password"])
    if user is None:
        raise adapter.validation_error("email_password_mismatch")
    return Login(user=user, email=email)


class SignUpForm(allauth_forms.SignupForm):
    field_order = ["name", "handle", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        _plain(self.fields["email"], _("E-mail address"), autocomplete="email", inputmode="email")
        _new_password(self.fields["password1"], _("Password"))

    @transaction.atomic
    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        user, response = super().try_save(request)
        return user, response


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _plain(self.fields["oldpassword"], _("Current password"))
        self.fields["oldpassword"].help_text = ""
        _new_password(self.fields["password1"], _("New password"))


class SetPasswordForm(allauth_forms.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _new_password(self.fields["password1"], _("New password"))


class ResetPasswordForm(allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _new_password(self.fields["password1"], _("New password"))


def _plain(field: forms.Field, label: Any, **attrs: str) -> None:
    """A label above says it; a placeholder that repeats it goes away while typing."""
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def _new_password(field: forms.Field, label: Any) -> None:
    _plain(field, label, autocomplete="new-password")
    field.help_text = LengthValidator().get_help_text()
