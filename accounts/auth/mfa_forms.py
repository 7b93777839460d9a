"""The second factor's forms in our words."""

from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django.utils.translation import gettext_lazy as _

from accounts.auth.forms import PlainFields


class AuthenticateForm(PlainFields, base_forms.AuthenticateForm):
    pass


class ReauthenticateForm(PlainFields, base_forms.ReauthenticateForm):
    pass


class ActivateTotpForm(PlainFields, totp_forms.ActivateTOTPForm):
    pass


class AddPasskeyForm(PlainFields, webauthn_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].label = _("Let me sign in with it alone, without a password")
        self.fields["passwordless"].help_text = ""
        self.fields["name"].help_text = _("So that you recognise it later.")
