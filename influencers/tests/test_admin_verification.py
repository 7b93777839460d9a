"""The queue of verifications in the back office."""

import pytest

from accounts.models import User
from influencers.models import VerificationAppeal, VerificationApplication
from influencers.services.appeals import appeal
from influencers.services.verification import decide_application
from influencers.tests.factories_creators import NOW, make_application, make_reviewer, verify

pytestmark = pytest.mark.django_db
QUEUE = "/admin/influencers/verificationapplication/"
APPEALS = "/admin/influencers/verificationappeal/"


@pytest.fixture
def staff(client):
    """Whoever reviews, signed in with the flag that opens the back office."""

    def signed_in(person):
        User.objects.filter(pk=person.pk).update(is_staff=True)
        client.force_login(User.objects.get(pk=person.pk))
        return client

    return signed_in


def state():
    return VerificationApplication.objects.get().status


def test_queue_and_evidence_are_shown(staff, mia, ada):
    application = make_application(ada)
    client = staff(mia)
    assert "@ada" in client.get(QUEUE).content.decode()
    text = client.get(f"{QUEUE}{application.pk}/change/").content.decode()
    assert "https://ada.example.org/" in text
    assert "P-123456" in text


def test_taken_up_verified_and_revoked(staff, mia, ada):
    application = make_application(ada)
    client = staff(mia)
    assert client.get(f"{QUEUE}{application.pk}/approve/ask").status_code == 200
    client.post(f"{QUEUE}{application.pk}/claim/ask", {"any": "1"})
    assert VerificationApplication.objects.get().claimed_by == mia
    assert client.post(f"{QUEUE}{application.pk}/approve/ask", {"reason": "", "seen": ""}).status_code == 200
    assert state() == "open"
    client.post(f"{QUEUE}{application.pk}/approve/ask", {"reason": "It is her.", "seen": "Ada @ada"})
    assert state() == "approved"
    client.post(f"{QUEUE}{application.pk}/revoke/ask", {"reason": "Sold.", "seen": ""})
    assert state() == "revoked"


def test_a_name_that_nobody_saw_is_not_verified(staff, mia, ada):
    application = make_application(ada)
    answer = staff(mia).post(f"{QUEUE}{application.pk}/approve/ask", {"reason": "Yes.", "seen": "Other @ada"})
    assert "new name or handle" in answer.content.decode()
    assert state() == "open"


def test_appeal_is_answered_by_another(staff, mia, max_, ada):
    application = make_application(ada)
    decision = decide_application(application_id=application.pk, reviewer=mia, approve=False, reason="No.", now=NOW)
    filed = appeal(decision_id=decision.pk, actor=ada, text="Yes.", now=NOW)
    said = {"reason": "Right.", "seen": ""}
    answer = staff(mia).post(f"{APPEALS}{filed.pk}/overturn/ask", said)
    assert "Another reviewer" in answer.content.decode()
    client = staff(max_)
    assert "@ada" in client.get(APPEALS).content.decode()
    assert client.get(f"{APPEALS}{filed.pk}/change/").status_code == 200
    client.post(f"{APPEALS}{filed.pk}/overturn/ask", said)
    assert (VerificationAppeal.objects.get().state, state()) == ("overturned", "approved")


def test_support_sees_no_evidence_and_decides_nothing(staff, mia, ada):
    application = verify(ada, mia)
    client = staff(make_reviewer("sue", role="support"))
    assert client.get(QUEUE).status_code == 403
    assert client.post(f"{QUEUE}{application.pk}/revoke/ask", {"reason": "x"}).status_code == 403
    assert client.get("/admin/influencers/creatorpage/").status_code == 200
    assert client.get("/admin/influencers/collection/").status_code == 200


def test_what_is_not_there(staff, mia):
    assert staff(mia).get(f"{QUEUE}999/approve/ask").status_code == 404
