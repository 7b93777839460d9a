"""The back office: the queue, taking up, deciding with a reason."""

import pytest
from django.urls import reverse

from fitfoodie.moderation.models import Case

QUEUE = "/admin/moderation/case/"


@pytest.fixture
def office(client, mod):
    client.force_login(mod)
    return client


def listed(client, **query):
    return [case.pk for case in client.get(QUEUE, query).context["cl"].result_list]


def test_the_heaviest_waits_first_and_filters_find_the_rest(office, file, decide, eve, ada, sam, mod, soup, comment):
    light = file(eve, "meal", soup).case
    heavy = file(eve, "comment", comment).case
    file(ada, "comment", comment)
    done = file(eve, "person", sam).case
    decide(done, mod, "no_action")
    assert listed(office) == [heavy.pk, light.pk]
    assert listed(office, queue="decided") == [done.pk]
    assert sorted(listed(office, queue="all")) == sorted([light.pk, heavy.pk, done.pk])
    assert listed(office, kind="meals.meal") == [light.pk]
    office.post(f"{QUEUE}{light.pk}/claim/ask")
    assert listed(office, queue="mine") == [light.pk]
    assert listed(office, q=heavy.reports.first().public_id) == [heavy.pk]


def test_the_page_of_a_case_shows_thing_owner_and_reports(office, file, eve, comment):
    case = file(eve, "comment", comment, note="Look at it.").case
    page = office.get(f"{QUEUE}{case.pk}/change/").content.decode()
    for text in ("Buy pills", "Look at it.", "@sam", "@eve", f"/admin/social/comment/{comment.pk}/change/"):
        assert text in page
    comment.delete()
    assert "It is not there any more." in office.get(f"{QUEUE}{case.pk}/change/").content.decode()


def test_a_case_is_taken_up_and_decided_with_a_reason(office, file, eve, mod, comment):
    case = file(eve, "comment", comment).case
    claim = reverse("admin:moderation_case_claim_ask", args=[case.pk])
    assert office.get(f"{QUEUE}{case.pk}/claim", follow=True).redirect_chain[-1][0] == claim
    assert Case.objects.get().claimed_by is None
    assert office.post(claim).status_code == 302
    assert Case.objects.get().claimed_by == mod
    ask = reverse("admin:moderation_case_decide_ask", args=[case.pk])
    assert office.get(f"{QUEUE}{case.pk}/decide", follow=True).redirect_chain[-1][0] == ask
    assert "Statement of reasons" in office.get(ask).content.decode()
    given = {"outcome": "removed", "ground": "spam", "reason": "It advertises."}
    assert office.post(ask, given | {"reason": ""}).status_code == 200
    assert office.post(ask, given | {"ground": ""}).status_code == 200
    assert office.post(ask, given).status_code == 302
    case.refresh_from_db()
    assert (case.outcome, case.decided_by) == ("removed", mod)
    assert "Mod decided it already: Taken down." in office.post(ask, given).content.decode()


def test_it_is_for_moderators_alone(office, file, eve, comment, client, boss):
    case = file(eve, "comment", comment).case
    ask = reverse("admin:moderation_case_decide_ask", args=[case.pk])
    assert office.get(reverse("admin:moderation_case_decide_ask", args=[case.pk + 1])).status_code == 404
    assert office.get(f"{QUEUE}add/").status_code == 403
    assert office.get("/admin/moderation/report/").status_code == 200
    client.force_login(boss)
    assert client.get(ask).status_code == 200
    client.force_login(eve)
    assert client.get(ask).status_code == 302
    eve.is_staff = True
    eve.save()
    assert client.get(ask).status_code == 403


def test_the_queue_costs_the_same_for_one_and_for_three(
    office, file, eve, ada, sam, soup, comment, django_assert_max_num_queries
):
    file(eve, "comment", comment)
    office.get(QUEUE)
    with django_assert_max_num_queries(40) as one:
        office.get(QUEUE)
    file(eve, "person", sam)
    file(eve, "person", ada)
    with django_assert_max_num_queries(len(one)):
        office.get(QUEUE)
