import pytest
from django.test import Client

from accounts.tests.factories import PASSWORD, UserFactory


class AppClient:
    """An app: no cookies, JSON, the session token while signing in and the access token afterwards."""

    def __init__(self, ip="198.51.100.7", user_agent="FitFoodieApp/1.0 (iPhone)"):
        self.client = Client(REMOTE_ADDR=ip, HTTP_USER_AGENT=user_agent)
        self.session_token = None
        self.access_token = None
        self.refresh_token = None

    def auth(self, method, path, body=None):
        headers = {"X-Session-Token": self.session_token} if self.session_token else {}
        response = getattr(self.client, method)(
            f"/api/auth/app/v1/{path}", body or {}, content_type="application/json", headers=headers
        )
        if response["Content-Type"].startswith("application/json"):
            self._keep(response.json())
        return response

    def _keep(self, answer):
        meta = answer.get("meta", {}) | answer.get("data", {}) if isinstance(answer.get("data", {}), dict) else {}
        self.session_token = meta.get("session_token", self.session_token)
        self.access_token = meta.get("access_token", self.access_token)
        self.refresh_token = meta.get("refresh_token", self.refresh_token)

    def sign_in(self, user, password=PASSWORD):
        return self.auth("post", "auth/login", {"email": user.email, "password": password})

    def refresh(self, token=None):
        """Without the session token: a phone that has slept for a week has the refresh token alone."""
        self.session_token = None
        return self.auth("post", "tokens/refresh", {"refresh_token": token or self.refresh_token})

    def api(self, method, path, body=None):
        headers = {"Authorization": f"Bearer {self.access_token}"}
        return getattr(self.client, method)(f"/api/v1/{path}", body, content_type="application/json", headers=headers)


@pytest.fixture
def member(db):
    return UserFactory(name="Maya Lind", handle="maya", email="maya@example.com")


@pytest.fixture
def stranger(db):
    return UserFactory(name="Sam Stranger", handle="sam", email="sam@example.com")


@pytest.fixture
def app():
    return AppClient()


@pytest.fixture
def deliver(django_capture_on_commit_callbacks):
    """`with deliver(): …` carries out what waits for the commit: letters go out, events are dispatched."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
