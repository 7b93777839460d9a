"""The app's door to signing in with a password, for people who have not confirmed their address yet either.

allauth stops them while a confirmation mail is fresh, since it would have to send another one; we let them in without
(see `stages`), so there is nothing to wait for.
"""

from typing import Any

from allauth.account.models import Login
from allauth.core import context
from allauth.headless.account.inputs import LoginInput
from allauth.headless.account.views import LoginView
from allauth.headless.constants import Client
from allauth.headless.internal.restkit.inputs import Input

from accounts.auth.forms import authenticated_login


class SignInInput(LoginInput):
    def clean(self) -> dict[str, Any]:
        Input.clean(self)
        if not self.errors:
            self.login: Login = authenticated_login(context.request, self.cleaned_data["email"], self.cleaned_data)
        return dict(self.cleaned_data)


class SignInView(LoginView):
    input_class = SignInInput


app_sign_in = SignInView.as_api_view(client=Client.APP)
