import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from PIL import Image

from accounts.models import Profile, ProfilePhoto
from accounts.services.photo import remove_photo, set_photo
from accounts.tests.factories import UserFactory
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db


def picture(color="#c06030"):
    file = io.BytesIO()
    Image.new("RGB", (500, 400), color).save(file, "JPEG")
    return ContentFile(file.getvalue(), name="Mei at home.jpg")


def upload(client, file):
    return client.post("/settings/profile/photo", {"photo": file})


def shown(person):
    return Profile.objects.select_related("photo").get(user=person).photo


def test_photo_is_checked_shown_and_removed(client, django_capture_on_commit_callbacks):
    person = UserFactory(handle="mei")
    client.force_login(person)
    with django_capture_on_commit_callbacks(execute=True):
        assert upload(client, picture()).status_code == 302
    photo = shown(person)
    assert photo.state == "ready"
    assert storages["default"].exists(photo.address.removeprefix("/media/"))
    assert photo.address in client.get("/@mei").content.decode()
    assert photo.address in client.get("/settings/profile/").content.decode()
    client.logout()
    assert client.get("/api/v1/users/mei").json()["avatar"] == photo.address
    client.force_login(person)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/settings/profile/photo/remove").status_code == 302
    assert shown(person) is None
    assert not storages["default"].exists(photo.address.removeprefix("/media/"))
    assert Event.objects.filter(name="accounts.profile.updated").count() == 2
    assert not remove_photo(user=person, now=timezone.now())


def test_old_photo_stays_until_the_new_one_is_checked(client, django_capture_on_commit_callbacks):
    person = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        set_photo(user=person, file=picture(), now=timezone.now())
    first = shown(person)
    waiting = set_photo(user=person, file=picture("#204020"), now=timezone.now())
    assert shown(person) == first
    assert waiting.address == ""
    client.force_login(person)
    assert "Your photo is being checked" in client.get("/settings/profile/").content.decode()
    ProfilePhoto.objects.filter(pk=waiting.pk).update(state="refused", reason="This is no photo.")
    assert "This is no photo." in client.get("/settings/profile/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        last = set_photo(user=person, file=picture("#202060"), now=timezone.now())
    assert shown(person) == last
    assert list(ProfilePhoto.objects.filter(user=person)) == [last]


def test_what_is_no_photo_is_refused_in_words(client):
    person = UserFactory()
    client.force_login(person)
    for file in (ContentFile(b"<svg/>", name="photo.jpg"), ContentFile(b"", name="photo.jpg")):
        response = upload(client, file)
        assert response.status_code == 200
        assert 'aria-invalid="true"' in response.content.decode()
    assert not ProfilePhoto.objects.exists()


def test_photo_hidden_by_its_owner_is_not_shown(client, django_capture_on_commit_callbacks):
    person = UserFactory(handle="mei", profile__visibility={"photo": "members"})
    with django_capture_on_commit_callbacks(execute=True):
        set_photo(user=person, file=picture(), now=timezone.now())
    assert client.get("/api/v1/users/mei").json()["avatar"] is None
    client.force_login(UserFactory())
    assert client.get("/api/v1/users/mei").json()["avatar"] == shown(person).address


def test_photo_needs_a_sign_in(client):
    assert upload(client, picture()).status_code == 302
    assert client.post("/settings/profile/photo/remove").status_code == 302
    assert not ProfilePhoto.objects.exists()
