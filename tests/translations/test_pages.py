"""Pages and mails in the language of the person, and English for whoever asks for one that is not offered."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_visitor_reads_german_when_the_browser_asks_for_it(client):
    page = client.get(reverse("home"), headers={"accept-language": "de-AT,de;q=0.9"})
    assert page.headers["Content-Language"] == "de"
    assert '<html lang="de"' in page.content.decode()
    assert "Iss gut. Trainiert zusammen." in page.content.decode()


def test_a_visitor_reads_english_when_the_language_is_not_offered(client):
    page = client.get(reverse("home"), headers={"accept-language": "zh-CN,zh;q=0.9"})
    assert "Eat well. Train together." in page.content.decode()


def test_a_wrong_sign_in_is_answered_in_german(client):
    typed = {"login": "nobody@example.com", "password": "three wrong words"}
    page = client.post(reverse("account_login"), typed, headers={"accept-language": "de"})
    assert "Diese E-Mail-Adresse und dieses Passwort gehören nicht zusammen." in page.content.decode()


def test_a_reset_is_mailed_in_german(client, django_capture_on_commit_callbacks):
    person = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": person.email}, headers={"accept-language": "de"})
    assert [message.subject for message in mail.outbox] == ["Ein neues Passwort für FitFoodie"]
    assert "Jemand hat für dein Konto ein neues Passwort angefordert." in mail.outbox[0].body


def test_counts_have_a_german_singular():
    with translation.override("de"):
        count = translation.ngettext("%(n)s meal", "%(n)s meals", 1) % {"n": 1}
    assert count == "1 Gericht"
