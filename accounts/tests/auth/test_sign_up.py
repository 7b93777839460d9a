"""SEC-1, F2, N60: the same answer for everyone, a confirmed address before one may write."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from accounts.models import FormerHandle, Preferences, Profile, User
from accounts.rules import is_verified_email
from accounts.tests.auth.letters import code_in, last_mail, path_in, subjects
from fitfoodie.events.models import Event

URL = "/accounts/signup/"
CODE_URL = "/accounts/confirm-email/"
FORM = {"name": "Zoë O’Hara", "handle": "", "email": "zoe@example.com", "password1": "turnips sing at dawn"}


def sign_up(client, deliver, **changes):
    with deliver():
        return client.post(URL, FORM | changes)


def test_sign_up_works(client, db, deliver):
    response = sign_up(client, deliver)
    user = User.objects.get(email="zoe@example.com")
    assert response.status_code == 302
    assert response["Location"] == reverse("account_email_verification_sent")
    assert (user.name, user.handle) == ("Zoë O’Hara", "zoe_ohara")
    assert user.check_password("turnips sing at dawn")
    assert Profile.objects.filter(user=user).count() == Preferences.objects.filter(user=user).count() == 1
    event = Event.objects.get(name="accounts.user.joined")
    assert event.data == {"user_id": user.pk, "method": "email"}
    assert "_auth_user_id" not in client.session


def test_sign_up_code_confirms_and_signs_in(client, db, deliver):
    sign_up(client, deliver)
    response = client.post(CODE_URL, {"code": code_in(last_mail("zoe@example.com"))})
    assert response.status_code == 302
    user = User.objects.get(email="zoe@example.com")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert is_verified_email(user)


def test_sign_up_link_confirms_on_another_device(client, db, deliver):
    sign_up(client, deliver)
    elsewhere = type(client)()
    path = path_in(last_mail("zoe@example.com"))
    assert elsewhere.get(path).status_code == 200
    assert not EmailAddress.objects.get(email="zoe@example.com").verified
    elsewhere.post(path)
    assert EmailAddress.objects.get(email="zoe@example.com").verified
    assert "Already confirmed" in elsewhere.get(path).content.decode()


def test_sign_up_wrong_code_keeps_the_page(client, db, deliver):
    sign_up(client, deliver)
    response = client.post(CODE_URL, {"code": "WRNG-CODE"})
    assert response.status_code == 200
    assert "not the code we sent" in response.content.decode()


def test_sign_up_known_address_answers_the_same(client, member, deliver):
    known = sign_up(client, deliver, email=member.email, handle="")
    unknown = sign_up(type(client)(), deliver)
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.cookies.keys() == unknown.cookies.keys()
    assert subjects(member.email) == ["You already have a FitFoodie account"]
    assert User.objects.filter(email=member.email).count() == 1
    page = client.get(CODE_URL).content.decode()
    assert "Check your mail" in page
    assert member.email in page


def test_sign_up_known_address_hashes_as_often(client, member, deliver, monkeypatch):
    """The hash is the only slow step; counting it is steadier than a clock."""
    hashed = []
    original = User.set_password
    monkeypatch.setattr(User, "set_password", lambda user, raw: (hashed.append(raw), original(user, raw))[1])
    sign_up(client, deliver, email=member.email)
    known = len(hashed)
    hashed.clear()
    sign_up(type(client)(), deliver)
    assert known == len(hashed) == 1


def test_sign_up_api_known_address_answers_the_same(app, member, deliver):
    body = {"password": "turnips sing at dawn"}
    with deliver():
        known = app.auth("post", "auth/signup", body | {"email": member.email})
        unknown = type(app)().auth("post", "auth/signup", body | {"email": "new@example.com"})
    assert known.status_code == unknown.status_code == 401
    assert known.json()["data"] == unknown.json()["data"]
    assert {"id": "verify_email", "is_pending": True} in unknown.json()["data"]["flows"]


def test_sign_up_api_finishes_by_code(app, db, deliver):
    with deliver():
        app.auth("post", "auth/signup", {"email": "new.person@example.com", "password": "turnips sing at dawn"})
    response = app.auth("post", "auth/email/verify", {"key": code_in(last_mail())})
    assert response.status_code == 200
    assert response.json()["data"]["user"]["handle"] == "new_person"
    assert response.json()["data"]["user"]["email_verified"] is True
    assert app.api("get", "me/sessions").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "required"),
        ("handle", "no", "3 to 30"),
        ("handle", "admin", "kept for the site"),
        ("handle", "maya", "Somebody has this handle"),
        ("handle", "old_maya", "Somebody has this handle"),
        ("email", "not-an-address", "valid email"),
        ("email", "nul\x00@example.com", "Null characters"),
        ("password1", "short", "Use at least 10"),
        ("password1", "Password123", "anybody would try"),
        ("password1", "zoe@example.com", "too close to your name"),
    ],
)
def test_sign_up_bad_input_names_the_field(client, member, field, value, words):
    FormerHandle.objects.create(user=member, handle="old_maya")
    response = client.post(URL, FORM | {field: value})
    assert response.status_code == 200
    assert words.lower() in " ".join(response.context["form"].errors[field]).lower()
    assert "Zoë O’Hara" in response.content.decode() or field == "name"
    assert not User.objects.filter(email="zoe@example.com").exists()


def test_sign_up_handle_of_a_twin_gets_a_number(client, db, deliver):
    sign_up(client, deliver)
    sign_up(type(client)(), deliver, email="zoe2@example.com")
    assert list(User.objects.order_by("pk").values_list("handle", flat=True)) == ["zoe_ohara", "zoe_ohara_2"]


def test_sign_up_cannot_set_what_is_not_offered(client, db, deliver):
    """SEC-10: role, staff and verification are never a form's to give."""
    sign_up(client, deliver, is_staff="on", is_superuser="on", is_verified="on", roles="admin")
    user = User.objects.get(email="zoe@example.com")
    assert (user.is_staff, user.is_superuser, user.profile.is_verified) == (False, False, False)


def test_unverified_person_may_sign_in_but_is_not_verified(client, db, deliver):
    sign_up(client, deliver)
    browser = type(client)()
    response = browser.post("/accounts/login/", {"login": "zoe@example.com", "password": FORM["password1"]})
    assert response["Location"] == "/"
    assert not is_verified_email(User.objects.get(email="zoe@example.com"))


def test_verification_mail_resend_is_limited(client, db, deliver):
    sign_up(client, deliver)
    before = len(mail.outbox)
    with deliver():
        response = client.post(CODE_URL, {"action": "resend"})
    assert response.status_code == 429
    assert len(mail.outbox) == before


def test_verify_link_forged(client, db):
    assert client.get("/accounts/verify/nonsense/").status_code == 410


def test_address_change_keeps_the_old_until_confirmed(client, member, deliver):
    client.force_login(member)
    client.post("/accounts/reauthenticate/", {"password": "plates-and-kettlebells"})
    with deliver():
        client.post("/accounts/email/", {"email": "new@example.com", "action_add": "1"})
    member.refresh_from_db()
    assert member.email == "maya@example.com"
    link = path_in(last_mail("new@example.com"))
    elsewhere = type(client)()
    with deliver():
        elsewhere.post(link)
    member.refresh_from_db()
    assert member.email == "new@example.com"
    assert list(EmailAddress.objects.filter(user=member).values_list("email", "verified")) == [
        ("new@example.com", True)
    ]
    assert "maya@example.com to new@example.com" in last_mail("maya@example.com").body


def test_address_change_link_is_dead_after_another_change(client, member, deliver):
    client.force_login(member)
    client.post("/accounts/reauthenticate/", {"password": "plates-and-kettlebells"})
    with deliver():
        client.post("/accounts/email/", {"email": "first@example.com", "action_add": "1"})
    old_link = path_in(last_mail("first@example.com"))
    with deliver():
        client.post("/accounts/email/", {"email": "second@example.com", "action_add": "1"})
    with deliver():
        type(client)().post(path_in(last_mail("second@example.com")))
    assert type(client)().post(old_link).status_code == 410
    member.refresh_from_db()
    assert member.email == "second@example.com"


def test_banner_asks_until_the_address_is_confirmed(client, member):
    words = "Confirm your e-mail address"
    member.emailaddress_set.update(verified=False)
    client.force_login(member)
    assert words in client.get("/no-such-page/").content.decode()
    member.emailaddress_set.update(verified=True)
    assert words not in client.get("/no-such-page/").content.decode()


def test_banner_reminds_who_looks_around_while_signing_up(client, db, deliver):
    assert "Confirm it now" not in client.get("/no-such-page/").content.decode()
    sign_up(client, deliver)
    assert "Confirm it now" in client.get("/no-such-page/").content.decode()


class TwinValidator:
    """Somebody signs up with the same address after it was checked and before it is written."""

    def validate(self, password, user=None):
        User.objects.create_user("zoe@example.com", "whatever it may be", handle="twin", name="Twin")

    def get_help_text(self):
        return ""


@pytest.fixture
def twin(settings, db):
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": f"{__name__}.TwinValidator"}]


def test_address_taken_in_the_same_moment_answers_the_same(client, twin, deliver):
    response = sign_up(client, deliver)
    assert (response.status_code, response["Location"]) == (302, CODE_URL)
    assert User.objects.get().handle == "twin"


def test_address_taken_in_the_same_moment_answers_an_app_the_same(app, twin, deliver):
    with deliver():
        response = app.auth("post", "auth/signup", {"email": "zoe@example.com", "password": FORM["password1"]})
    assert response.status_code == 401
    assert {"id": "verify_email", "is_pending": True} in response.json()["data"]["flows"]


def test_verify_link_of_an_address_somebody_else_has_confirmed(client, member, stranger, deliver):
    client.force_login(member)
    client.post("/accounts/reauthenticate/", {"password": "plates-and-kettlebells"})
    with deliver():
        client.post("/accounts/email/", {"email": "wanted@example.com", "action_add": "1"})
    EmailAddress.objects.create(user=stranger, email="wanted@example.com", verified=True)
    assert client.post(path_in(last_mail("wanted@example.com"))).status_code == 410


def test_verify_link_of_somebody_deactivated(client, db, deliver):
    sign_up(client, deliver)
    User.objects.update(is_active=False)
    assert client.get(path_in(last_mail())).status_code == 410


def test_sign_up_known_address_leaves_nothing_behind(client, member, deliver):
    before = (User.objects.count(), Event.objects.count())
    sign_up(client, deliver, email=member.email)
    assert (User.objects.count(), Event.objects.count()) == before
