"""The pages: two taps to the form, a receipt, one's reports, what was decided about one's own."""

import pytest
from django.test import Client
from django.urls import reverse

from fitfoodie.moderation.models import Report
from influencers.content import PostContent
from influencers.services.post_life import publish_post
from influencers.services.posts import write_post


@pytest.fixture
def visitor(db):
    return Client()


@pytest.fixture
def page_of(db):
    def client(person):
        client = Client()
        client.force_login(person)
        return client

    return client


def form_of(kind, key):
    return f"{reverse('moderation:report')}?type={kind}&id={key}"


def test_report_stands_in_the_menu_of_everything(page_of, visitor, eve, ada, sam, soup, comment, review):
    post = write_post(author=ada, content=PostContent(text="Hello"), now=comment.created_at)
    publish_post(post_id=post.pk, actor=ada, now=comment.created_at)
    post.refresh_from_db()
    places = [
        (ada.get_absolute_url(), "person", "ada"),
        (soup.get_absolute_url(), "meal", soup.public_id),
        (post.get_absolute_url(), "post", post.public_id),
        (soup.get_absolute_url(), "comment", comment.public_id),
        (soup.get_absolute_url(), "review", review.public_id),
    ]
    for client in (page_of(eve), visitor):
        for address, kind, key in places:
            assert form_of(kind, key).replace("&", "&amp;") in client.get(address).content.decode(), (kind, address)
            assert client.get(form_of(kind, key)).status_code == 200
    own = page_of(sam).get(soup.get_absolute_url()).content.decode()
    assert f"type=comment&amp;id={comment.public_id}" not in own
    assert f"type=review&amp;id={review.public_id}" not in own


def test_block_stands_beside_it_for_members(page_of, visitor, eve, soup, comment, review):
    block = reverse("social:block", args=["sam"])
    assert page_of(eve).get(soup.get_absolute_url()).content.decode().count(f'action="{block}"') == 2
    assert block not in visitor.get(soup.get_absolute_url()).content.decode()


def test_form_leads_to_the_receipt_and_the_list(page_of, eve, sam, comment):
    client = page_of(eve)
    answer = client.post(form_of("comment", comment.public_id), {"category": "spam", "note": "Again."})
    report = Report.objects.get()
    assert answer.url == reverse("moderation:receipt", args=[report.public_id])
    receipt = client.get(answer.url)
    assert (report.public_id in receipt.content.decode(), receipt.context["to_block"]) == (True, sam)
    assert receipt["X-Robots-Tag"] == "noindex"
    listed = client.get(reverse("moderation:reports")).content.decode()
    assert "Buy pills" in listed
    assert answer.url in listed


def test_nothing_typed_is_lost(page_of, eve, comment, settings):
    client = page_of(eve)
    empty = client.post(form_of("comment", comment.public_id), {"category": "other", "note": ""})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["note"])
    settings.REPORTS_PER_HOUR = 0
    late = client.post(form_of("comment", comment.public_id), {"category": "spam", "note": "My words"})
    assert (late.status_code, "My words" in late.content.decode()) == (422, True)


def test_a_visitor_may_report_what_breaks_the_law(visitor, comment):
    address = form_of("comment", comment.public_id)
    assert visitor.post(address, {"category": "spam", "note": "x"}).status_code == 422
    answer = visitor.post(address, {"category": "illegal", "note": "Law.", "email": "a@b.test"})
    receipt = visitor.get(answer.url)
    assert (receipt.status_code, "Law." in receipt.content.decode()) == (200, False)


@pytest.mark.parametrize("query", ["", "?type=comment", "?type=comment&id=nothingthere", "?type=class&id=x"])
def test_nothing_to_report_is_404(page_of, eve, query):
    assert page_of(eve).get(reverse("moderation:report") + query).status_code == 404


def test_strangers_and_visitors_see_no_reports(page_of, visitor, file, eve, sam, comment):
    report = file(eve, "comment", comment)
    for client in (visitor, page_of(sam)):
        assert client.get(reverse("moderation:receipt", args=[report.public_id])).status_code == 404
    assert visitor.get(reverse("moderation:reports")).status_code == 302
    assert page_of(sam).get(reverse("moderation:reports")).context["rows"] == []


def test_the_owner_reads_the_statement_and_not_who_reported(page_of, file, decide, eve, sam, mod, comment, review):
    decide(file(eve, "comment", comment).case, mod, answer="Thanks, Eve.")
    decide(file(eve, "review", review).case, mod, "no_action", reason="A view.")
    shown = page_of(sam).get(reverse("moderation:reports")).content.decode()
    assert ("It advertises." in shown, "Advertising or spam" in shown) == (True, True)
    assert [text in shown for text in ("A view.", "Thanks", "@eve", "Eve")] == [False] * 4


def test_after_the_decision_the_receipt_says_it(page_of, file, decide, eve, mod, comment):
    report = file(eve, "comment", comment)
    decide(report.case, mod, answer="Well spotted.")
    receipt = page_of(eve).get(reverse("moderation:receipt", args=[report.public_id]))
    assert ("Well spotted." in receipt.content.decode(), "to_block" in receipt.context) == (True, False)
    assert "It advertises." not in receipt.content.decode()
