"""Staff see that something was reported; to read it they say why."""

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from chat.models import Message
from chat.services.evidence import keep_evidence
from chat.services.messages import edit_message
from chat.tests.factories import NOW, say

LIST = "/admin/chat/message/"


@pytest.fixture
def office(db):
    client = Client()
    client.force_login(UserFactory(handle="mod", roles_held=[Role.MODERATOR]))
    return client


@pytest.fixture
def reported(maya, leo, talk):
    say(talk, leo, "Private words before")
    message = say(talk, maya, "Rude words")
    keep_evidence(message_id=message.pk, now=NOW)
    edit_message(message_id=message.pk, sender=maya, text="Kind words", now=NOW)
    return message


def test_list_and_page_have_no_words_and_only_what_was_reported(office, reported, talk, leo):
    never = say(talk, leo, "Never reported")
    shown = office.get(LIST).content.decode()
    assert (reported.public_id in shown, never.public_id in shown) == (True, False)
    one = office.get(f"{LIST}{reported.pk}/change/").content.decode()
    for words in ("Rude words", "Kind words", "Private words"):
        assert (words in shown, words in one) == (False, False)
    assert office.get(f"{LIST}{never.pk}/change/").status_code == 302


def test_reading_asks_why_and_is_recorded(office, reported, said):
    assert office.get(f"{LIST}{reported.pk}/read/").url == f"{LIST}{reported.pk}/read/ask"
    asked = office.get(f"{LIST}{reported.pk}/read/ask").content.decode()
    assert ('name="reason"' in asked, "Rude words" in asked) == (True, False)
    assert "Rude words" not in office.post(f"{LIST}{reported.pk}/read/ask", {"reason": ""}).content.decode()
    shown = office.post(f"{LIST}{reported.pk}/read/ask", {"reason": "Report 7"}).content.decode()
    assert [words in shown for words in ("Private words before", "Rude words", "Kind words")] == [True, True, False]
    assert said()[-1] == ("chat.evidence.read", {"message_id": reported.pk, "reason": "Report 7"})


def test_what_was_never_reported_is_not_read(office, talk, leo):
    message = say(talk, leo)
    assert office.post(f"{LIST}{message.pk}/read/ask", {"reason": "Curious"}).status_code == 404


def test_removing_asks_why(office, reported):
    form = {"action": "remove", "_selected_action": [reported.pk]}
    assert 'name="reason"' in office.post(LIST, form).content.decode()
    office.post(LIST, form | {"reason": "Insult"})
    assert Message.objects.get(pk=reported.pk).deleted_by == "staff"


def test_others_do_not_get_in(reported, leo):
    client = Client()
    client.force_login(leo)
    assert client.get(LIST).status_code == 302
    assert client.post(f"{LIST}{reported.pk}/read/ask", {"reason": "x"}).status_code == 302
