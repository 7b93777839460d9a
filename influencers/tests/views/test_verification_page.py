"""The page of the badge: ask, see how far it is, take back, appeal."""

import pytest

from influencers.models import VerificationApplication
from influencers.services.verification import decide_application
from influencers.tests.factories_creators import NOW, make_application, verify

ADDRESS = "/studio/verification/"
TYPED = {
    "legal_name": "Ada Lovelace",
    "statement": "I cook on television.",
    "website": "https://ada.example.org/",
    "socials": "https://videos.example.org/@ada\r\n\r\nhttps://b.example.org",
    "id_reference": "",
}


def text_of(answer):
    return answer.content.decode()


def test_visitors_are_asked_to_sign_in(client, db):
    assert "login" in client.get(ADDRESS)["Location"]


def test_meaning_is_told_to_everyone(client, db):
    assert "no mark of quality" in text_of(client.get("/verified/"))


def test_member_is_led_to_becoming_a_creator(client, sam):
    client.force_login(sam)
    text = text_of(client.get(ADDRESS))
    assert "/create/start/" in text
    assert "id_legal_name" not in text
    assert client.post(ADDRESS, TYPED).status_code == 422


def test_creator_asks_and_sees_that_it_waits(as_ada, ada):
    assert as_ada.post(ADDRESS, TYPED)["Location"] == ADDRESS
    application = VerificationApplication.objects.get()
    assert application.applicant == ada
    assert application.socials == ["https://videos.example.org/@ada", "https://b.example.org"]
    text = text_of(as_ada.get(ADDRESS))
    assert "Waiting for a decision" in text
    assert "id_legal_name" not in text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"website": "", "socials": ""}, "Name your website or a profile elsewhere"),
        ({"website": "ada.example.org"}, "Enter a whole address that begins with https://"),
        ({"socials": "nonsense"}, "Enter a whole address that begins with https://"),
        ({"legal_name": ""}, "This field is required."),
        ({"socials": "\n".join(f"https://a{n}.example.org" for n in range(6))}, "At most 5"),
    ],
)
def test_wrong_evidence_is_told_beside_the_field_and_kept(as_ada, changes, message):
    answer = as_ada.post(ADDRESS, TYPED | changes)
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert "I cook on television." in text_of(answer)
    assert not VerificationApplication.objects.exists()


def test_asking_twice_is_refused_in_words(as_ada, ada):
    make_application(ada)
    answer = as_ada.post(ADDRESS, TYPED)
    assert answer.status_code == 422
    assert VerificationApplication.objects.count() == 1


def test_taken_back_by_button(as_ada, ada):
    assert as_ada.post(ADDRESS + "withdraw").status_code == 404
    make_application(ada)
    as_ada.post(ADDRESS + "withdraw")
    assert VerificationApplication.objects.get().status == "withdrawn"
    text = text_of(as_ada.post(ADDRESS + "withdraw", follow=True))
    assert "This cannot be done" in text
    assert "Ask again" in text


def test_declined_shows_the_reason_and_takes_one_appeal(as_ada, ada, mia):
    application = make_application(ada)
    decide_application(application_id=application.pk, reviewer=mia, approve=False, reason="Not <b>you</b>.", now=NOW)
    text = text_of(as_ada.get(ADDRESS))
    assert "Not &lt;b&gt;you&lt;/b&gt;." in text
    assert "Mia" not in text
    assert as_ada.post(ADDRESS + "appeal", {"text": " "}).status_code == 422
    assert as_ada.post(ADDRESS + "appeal", {"text": "It is me."})["Location"] == ADDRESS
    text = text_of(as_ada.get(ADDRESS))
    assert "Another reviewer looks at it" in text
    assert "id_legal_name" not in text
    assert "There is nothing to object to." in text_of(as_ada.post(ADDRESS + "appeal", {"text": "Hm"}, follow=True))


def test_verified_reads_so(as_ada, ada, mia):
    verify(ada, mia)
    assert "You are verified" in text_of(as_ada.get(ADDRESS))


def test_review_after_a_new_name_is_explained(as_ada, ada, mia):
    verify(ada, mia)
    as_ada.post("/settings/account/", {"form": "handle", "handle": "famous"})
    text = text_of(as_ada.get(ADDRESS))
    assert "The badge is hidden until a reviewer has looked" in text


def test_badge_goes_everywhere_on_the_next_request(as_ada, client, ada, mia, max_):
    from influencers.services.verification import revoke_badge  # noqa: PLC0415
    from meals.tests.factories import make_meal  # noqa: PLC0415

    make_meal(ada, "Soup", publish=True)
    application = verify(ada, mia)
    pages = ("/@ada", "/meals/soup/", "/meals/", "/creators/")
    shown = [text_of(client.get(page)).count('class="badge"') for page in pages]
    assert all(shown)
    revoke_badge(application_id=application.pk, reviewer=max_, reason="Sold.", now=NOW)
    assert [text_of(client.get(page)).count('class="badge"') for page in pages] == [0] * len(pages)
    assert client.get("/api/v1/users/ada").json()["verified"] is False
