import pytest
from django.urls import reverse

from classes.enums import FeeState, RsvpStatus
from classes.models import PeerReview, Rsvp, SessionRating
from classes.tests.factories import NOW, make_rsvp, make_session, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client):
    person = make_user("boss")
    person.is_superuser = person.is_staff = True
    person.save()
    client.force_login(person)
    return person


def act(client, name, row, action):
    address = reverse(f"admin:classes_{name}_changelist")
    data = {"action": action, "_selected_action": [row.pk], "reason": "Looked at it"}
    return client.post(address, data, follow=True)


def test_ratings_wait_and_are_decided_on(client, boss):
    session = make_session()
    rsvp = make_rsvp(session, make_user("ada"), RsvpStatus.ATTENDED)
    rating = SessionRating.objects.create(
        chain=session.chain, rsvp=rsvp, session=session, class_type=session.class_type, author=rsvp.user, stars=3,
        text="See www.x.example", state="waiting", state_reason="filter:link", rated_at=NOW,
    )  # fmt: skip
    address = reverse("admin:classes_sessionrating_changelist")
    assert "www.x.example" in client.get(address, {"state__exact": "waiting"}).content.decode()
    for action, state in (("show", "visible"), ("remove", "removed")):
        assert act(client, "sessionrating", rating, action).status_code == 200
        rating.refresh_from_db()
        assert rating.state == state
    assert client.get(reverse("admin:classes_sessionrating_change", args=[rating.pk])).status_code == 200


def test_words_of_partners_are_decided_on_and_read_only_when_they_wait(client, boss):
    word = PeerReview.objects.create(
        session=make_session(), author=make_user("ada"), subject=make_user("ben"), text="Private words", written_at=NOW
    )
    change = reverse("admin:classes_peerreview_change", args=[word.pk])
    assert "Private words" not in client.get(change).content.decode()
    for action, state in (("remove", "removed"), ("show", "visible")):
        act(client, "peerreview", word, action)
        word.refresh_from_db()
        assert word.state == state
    PeerReview.objects.update(state="waiting")
    assert "Private words" in client.get(change).content.decode()


@pytest.mark.parametrize(("action", "state"), [("waive_fee", "waived"), ("charge_fee", "due")])
def test_disputes_are_decided_on(client, boss, action, state):
    rsvp = make_rsvp(
        make_session(), make_user("ada"), RsvpStatus.NO_SHOW, fee="8.00", fee_state=FeeState.DISPUTED, dispute="No"
    )
    assert client.get(reverse("admin:classes_rsvp_changelist"), {"fee_state__exact": "disputed"}).status_code == 200
    assert rsvp.nonce not in client.get(reverse("admin:classes_rsvp_change", args=[rsvp.pk])).content.decode()
    act(client, "rsvp", rsvp, action)
    assert Rsvp.objects.across_chains().get().fee_state == state
