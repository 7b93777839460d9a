import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from chat.models import ChatSettings, Conversation, Member, Message
from chat.selectors.inbox import MOST_COUNTED
from chat.services.messages import delete_message, edit_message, remove_message
from chat.tests.factories import NOW, befriend, make_match, make_talk, make_user, say
from meals.tests.factories import make_moderator
from social.services.block import block_person

HTMX = {"HX-Request": "true"}


@pytest.fixture
def browser():
    def client(person):
        client = Client()
        client.force_login(person)
        return client

    return client


def page(talk):
    return f"/chat/{talk.public_id}/"


def html(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_inbox_without_anybody_shows_the_way(browser, maya):
    assert "Nobody to write to yet" in html(browser(maya).get("/chat/"))


def test_inbox_offers_matches_and_friends_to_whom_nothing_was_said(browser, maya, leo, eve, talk):
    befriend(maya, eve)
    said = make_user("noor")
    say(make_talk(maya, said), said)
    shown = html(browser(maya).get("/chat/"))
    assert re.findall(r'action="/chat/write/(\w+)"', shown) == ["eve", "leo"]


def test_inbox_has_the_last_words_and_what_waits(browser, maya, leo, talk):
    say(talk, maya, "Mine")
    noor = make_user("noor")
    say(make_talk(maya, noor), noor, "Theirs", at=NOW + timedelta(hours=1))
    shown = html(browser(maya).get("/chat/"))
    assert shown.index("Theirs") < shown.index("You: Mine")
    assert shown.count('class="chat-unread number"') == 1
    part = browser(maya).get("/chat/?page=1", headers=HTMX)
    assert part.templates[0].name == "chat/_rows.html"


def test_inbox_comes_in_pages(browser, maya, monkeypatch):
    monkeypatch.setattr("chat.views.inbox.PAGE_SIZE", 1)
    for hour in (7, 8):
        other = make_user(f"p{hour}")
        say(make_talk(maya, other), other, f"at {hour}", at=NOW.replace(hour=hour))
    client = browser(maya)
    assert "at 8" in html(client.get("/chat/?page=x"))
    assert "?page=2" in html(client.get("/chat/"))
    second = html(client.get("/chat/?page=2"))
    assert ("at 7" in second, "at 8" in second) == (True, False)


def test_inbox_asks_as_often_for_three_as_for_one(browser, maya):
    client = browser(maya)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/chat/").status_code == 200
        return len(asked)

    for number in range(3):
        other = make_user(f"p{number}")
        say(make_talk(maya, other), other)
        if number == 0:
            queries()
            one = queries()
    assert queries() == one


def test_badge_counts_what_waits(browser, maya, leo, talk, monkeypatch):
    client = browser(maya)
    assert re.search(r'outerHTML"></span>', html(client.get("/chat/badge")))
    say(talk, leo)
    say(talk, leo)
    assert ">2<span" in html(client.get("/chat/badge"))
    monkeypatch.setattr("chat.views.inbox.MOST_COUNTED", 2)
    assert ">1+<span" in html(client.get("/chat/badge"))
    assert MOST_COUNTED == 100


def test_every_page_asks_for_the_badge(browser, maya):
    assert 'hx-get="/chat/badge" hx-trigger="load"' in html(browser(maya).get("/people/"))


def test_writing_to_a_match_opens_the_conversation(browser, maya, leo):
    make_match(maya, leo)
    answer = browser(maya).post("/chat/write/leo")
    assert answer.url == page(Conversation.objects.get())
    assert "Nothing said yet. Say hello to Leo." in html(browser(maya).get(answer.url))


def test_writing_to_others_leads_to_their_page_with_why(browser, maya, eve):
    answer = browser(maya).post("/chat/write/eve", follow=True)
    assert answer.redirect_chain == [("/@eve", 302)]
    assert "once you are a match or friends" in html(answer)
    assert browser(maya).post("/chat/write/nobody").status_code == 404


def test_page_of_a_match_has_a_button_and_that_of_others_not(browser, maya, leo, eve, talk):
    client = browser(maya)
    assert 'action="/chat/write/leo"' in html(client.get("/@leo"))
    assert 'action="/chat/write/' not in html(client.get("/@eve"))
    assert 'action="/chat/write/' not in html(client.get("/@maya"))
    assert 'action="/chat/write/' not in html(Client().get("/@leo"))


def sent_form(talk, text="Hello", client_id=None):
    return page(talk), {"text": text, "client_id": client_id or str(uuid4())}


def test_message_is_sent_by_a_form_once(browser, maya, talk):
    address, form = sent_form(talk, "Boxing?")
    client = browser(maya)
    for _twice in range(2):
        assert client.post(address, form).url == f"{address}#newest"
    assert Message.objects.get().text == "Boxing?"


@pytest.mark.parametrize(("text", "client_id"), [("", None), ("x" * 4001, None), ("x", "no")])
def test_odd_form_comes_back_with_why(browser, maya, talk, text, client_id):
    address, form = sent_form(talk, text, client_id)
    answer = browser(maya).post(address, form)
    assert (answer.status_code, 'id="composer-errors"' in html(answer)) == (422, True)
    assert not Message.objects.exists()


def test_what_cannot_be_delivered_is_said_and_not_lost(browser, maya, leo, talk, monkeypatch):
    monkeypatch.setattr("chat.rules.MESSAGES_PER_MINUTE", 0)
    address, form = sent_form(talk, "Too fast")
    shown = html(browser(maya).post(address, form))
    assert "Wait a minute" in shown
    assert ">Too fast</textarea>" in shown


def test_looking_reads_up_to_the_newest(browser, maya, leo, talk):
    say(talk, leo, "One")
    say(talk, leo, "Two")
    first = html(browser(maya).get(page(talk)))
    assert first.count('class="bubble-new"') == 1
    assert Member.objects.get(conversation=talk, user=maya).read_seq == 2
    assert 'class="bubble-new"' not in html(browser(maya).get(page(talk)))


def test_sender_sees_that_it_was_seen(browser, maya, leo, talk):
    say(talk, maya, "Did you see?")
    assert 'class="bubble-seen"' not in html(browser(maya).get(page(talk)))
    browser(leo).get(page(talk))
    assert html(browser(maya).get(page(talk))).count('class="bubble-seen"') == 1


def test_page_shows_changes_deletions_days_and_runs(browser, maya, leo, talk):
    now = timezone.now()
    say(talk, leo, "Long ago", at=now - timedelta(days=2))
    changed = say(talk, maya, "Before", at=now - timedelta(minutes=20))
    edit_message(message_id=changed.pk, sender=maya, text="After", now=now)
    gone, removed = say(talk, maya, "Oops", at=now - timedelta(minutes=19)), say(talk, leo, "Rude", at=now)
    delete_message(message_id=gone.pk, sender=maya, now=now)
    remove_message(message_id=removed.pk, actor=make_moderator("mod"), reason="Insult", now=now)
    shown = html(browser(maya).get(page(talk)))
    assert (shown.count('class="bubble-day"') >= 2, shown.count("starts-run")) == (True, 3)
    assert ("Before" in shown, "After" in shown, "edited" in shown) == (False, True, True)
    assert ("Oops" in shown, "Message deleted" in shown) == (False, True)
    assert ("Rude" in shown, "Removed by a moderator" in shown) == (False, True)
    assert shown.count("/edit/") == 1


def test_words_are_escaped_and_addresses_can_be_clicked(browser, maya, leo, talk):
    say(talk, leo, "<script>alert(1)</script> **now** https://example.org/a?b=1, ok")
    shown = html(browser(maya).get(page(talk)))
    assert "<script>alert(1)" not in shown
    assert "<strong>now</strong>" in shown
    assert '<a href="https://example.org/a?b=1" rel="nofollow ugc noopener">https://example.org/a?b=1</a>,' in shown


def test_earlier_messages_have_pages(browser, maya, leo, talk, monkeypatch):
    monkeypatch.setattr("chat.views.thread.PAGE_SIZE", 2)
    for number in range(1, 6):
        say(talk, leo, f"No {number}")
    client = browser(maya)
    assert "?before=4" in html(client.get(page(talk)))
    older = html(client.get(f"{page(talk)}?before=4"))
    assert re.findall(r"<p>(No \d)</p>", older) == ["No 2", "No 3"]
    assert ('hx-get="/chat/' + talk.public_id in older, 'class="composer"' in older) == (False, False)
    assert re.findall(r"<p>(No \d)</p>", html(client.get(f"{page(talk)}?before=x"))) == ["No 4", "No 5"]


def test_news_are_sent_when_something_changed(browser, maya, leo, talk):
    say(talk, leo, "First")
    client = browser(maya)
    state = re.search(r"news\?state=([^\"]+)", html(client.get(page(talk))))[1]
    news = f"{page(talk)}news?state="
    again = client.get(news + state)
    assert (again.status_code, again.content) == (204, b"")
    say(talk, leo, "Second")
    answer = client.get(news + state)
    assert (answer.status_code, "Second" in html(answer)) == (200, True)
    assert '<div id="chat-said" hx-swap-oob="innerHTML">Leo: Second</div>' in html(answer)
    assert Member.objects.get(conversation=talk, user=maya).read_seq == 2
    state = re.search(r"news\?state=([^\"]+)", html(answer))[1]
    block_person(blocker=leo, person_id=maya.pk, now=NOW)
    assert client.get(news + state).status_code == 200


@pytest.mark.parametrize("how", ["blocked", "suspended", "leaving"])
def test_history_stays_and_nothing_can_be_written(browser, maya, leo, talk, how):
    say(talk, leo, "Remember this")
    if how == "blocked":
        block_person(blocker=leo, person_id=maya.pk, now=NOW)
    else:
        changes = {"suspended": {"is_active": False}, "leaving": {"deletion_requested_at": NOW}}[how]
        User.objects.filter(pk=leo.pk).update(**changes)
    shown = html(browser(maya).get(page(talk)))
    assert ("Remember this" in shown, 'class="thread-closed"' in shown) == (True, True)
    assert ('class="composer"' in shown, "/@leo" in shown) == (False, False)
    assert ("Deleted user" in shown) == (how == "leaving")
    assert browser(maya).post(*sent_form(talk)).status_code == 422


def test_message_is_changed_on_its_page(browser, maya, talk):
    message = say(talk, maya, "Tuesday?", at=timezone.now())
    client, address = browser(maya), f"/chat/messages/{message.public_id}/edit/"
    assert "Tuesday?" in html(client.get(address))
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "Thursday?"}).url == f"{page(talk)}#message-{message.public_id}"
    Message.objects.update(sent_at=NOW - timedelta(days=400))
    late = client.post(address, {"text": "Friday?"})
    assert (late.status_code, "changed for a day" in html(late)) == (422, True)


def test_message_is_taken_back_on_its_page(browser, maya, talk):
    message = say(talk, maya, "Oops")
    client, address = browser(maya), f"/chat/messages/{message.public_id}/delete/"
    assert "Oops" in html(client.get(address))
    assert client.post(address).url == f"{page(talk)}#message-{message.public_id}"
    assert Message.objects.get().is_deleted
    assert client.get(address).status_code == 404


def test_receipts_are_set_on_the_page_of_privacy(browser, maya):
    client = browser(maya)
    assert 'name="shows_receipts"' in html(client.get("/settings/privacy/"))
    assert client.post("/chat/receipts").url == "/settings/privacy/"
    assert not ChatSettings.objects.get(user=maya).shows_receipts
    client.post("/chat/receipts", {"shows_receipts": "on"})
    assert ChatSettings.objects.get(user=maya).shows_receipts


def test_strangers_find_nothing(browser, maya, leo, eve, talk):
    message, client = say(talk, maya), browser(eve)
    asked = [page(talk), f"{page(talk)}news", f"/chat/messages/{message.public_id}/edit/"]
    assert [client.get(address).status_code for address in asked] == [404] * 3
    assert client.post(*sent_form(talk)).status_code == 404
    own = [f"/chat/messages/{message.public_id}/{verb}/" for verb in ("edit", "delete")]
    assert [browser(leo).get(address).status_code for address in own] == [404] * 2


def test_visitors_are_asked_to_sign_in(talk):
    for address in ("/chat/", page(talk), f"{page(talk)}news", "/chat/badge"):
        assert Client().get(address).url.startswith("/accounts/login/")
    for address in (page(talk), "/chat/write/leo", "/chat/receipts"):
        assert Client().post(address).url.startswith("/accounts/login/")
