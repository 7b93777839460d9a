"""The cover of a creator's page: taken in, checked, shown, described, removed."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from rest_framework.test import APIClient

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.common.images.models import PhotoState
from fitfoodie.common.images.processing import process
from fitfoodie.events.models import Event
from influencers.models import CoverPhoto, CreatorPage
from influencers.services.cover import describe_cover, remove_cover, set_cover
from influencers.services.own_data import photos_of
from meals.tests.factories import NOW, make_creator, make_user

pytestmark = pytest.mark.django_db
MINE = "/api/v1/influencers/me/cover"
STUDIO = "/studio/page/cover"


def picture(size=(1500, 500), color="#c06030"):
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, "JPEG")
    return file.getvalue()


def upload(size=(1500, 500)):
    return SimpleUploadedFile("table.jpg", picture(size), content_type="image/jpeg")


@pytest.fixture
def ada():
    return make_creator("ada")


@pytest.fixture
def api(ada):
    client = APIClient()
    client.force_login(ada)
    return client


def checked(person, alt="A long table"):
    photo = set_cover(user=person, file=ContentFile(picture(), name="x.jpg"), alt=alt, now=NOW)
    process(model=CoverPhoto, pk=photo.pk, now=NOW)
    return CoverPhoto.objects.get(pk=photo.pk)


def shown(person):
    return CreatorPage.objects.get(user=person).cover


def facts(name):
    return list(Event.objects.filter(name=name).order_by("pk").values_list("actor__handle", "data"))


def test_a_cover_is_shown_once_it_is_checked(ada):
    photo = set_cover(user=ada, file=ContentFile(picture(), name="x.jpg"), alt=" A long table ", now=NOW)
    assert (photo.state, photo.alt, shown(ada)) == (PhotoState.PENDING, "A long table", None)
    process(model=CoverPhoto, pk=photo.pk, now=NOW)
    assert (shown(ada), shown(ada).state) == (photo, PhotoState.READY)
    assert facts("influencers.page.updated") == [("ada", {"user_id": ada.pk, "fields": ["cover"]})]


def test_the_one_before_stays_until_the_new_one_is_checked(ada):
    old = checked(ada)
    waiting = set_cover(user=ada, file=ContentFile(picture(), name="x.jpg"), now=NOW)
    new = set_cover(user=ada, file=ContentFile(picture(), name="x.jpg"), now=NOW)
    assert (shown(ada), CoverPhoto.objects.filter(pk=waiting.pk).exists()) == (old, False)
    process(model=CoverPhoto, pk=new.pk, now=NOW)
    assert (shown(ada), CoverPhoto.objects.get()) == (new, new)


def test_a_file_that_is_damaged_behind_its_header_leaves_the_old_cover(ada):
    old = checked(ada)
    broken = set_cover(user=ada, file=ContentFile(picture()[:4000], name="x.jpg"), now=NOW)
    process(model=CoverPhoto, pk=broken.pk, now=NOW)
    broken.refresh_from_db()
    assert (broken.state, shown(ada)) == (PhotoState.REFUSED, old)


@pytest.mark.parametrize(
    ("file", "code"),
    [(picture((1500, 399)), "too_small"), (b"<svg/>", "svg"), (b"", "empty"), (b"words", "not_an_image")],
)
def test_what_is_no_cover_is_refused_at_once(file, code, ada):
    with pytest.raises(DomainError) as refused:
        set_cover(user=ada, file=ContentFile(file, name="x.jpg"), now=NOW)
    assert (refused.value.code, CoverPhoto.objects.count()) == (code, 0)


def test_only_creators_with_a_confirmed_address_have_one():
    for person in (make_user("sam"), make_creator("new", verified=False)):
        with pytest.raises(NotAllowedError):
            set_cover(user=person, file=ContentFile(picture(), name="x.jpg"), now=NOW)


def test_a_cover_is_described(ada):
    with pytest.raises(DomainError) as refused:
        describe_cover(user=ada, alt="A table")
    assert refused.value.code == "no_cover"
    checked(ada)
    describe_cover(user=ada, alt="Friends at a table")
    assert shown(ada).alt == "Friends at a table"


def test_removing_takes_the_files_along_and_twice_is_once(ada, django_capture_on_commit_callbacks):
    photo = checked(ada)
    storage, original = photo.original.storage, photo.original.name
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_cover(user=ada, actor=ada, now=NOW) is True
    assert (shown(ada), CoverPhoto.objects.count(), storage.exists(original)) == (None, 0, False)
    assert remove_cover(user=ada, actor=ada, now=NOW) is False
    assert facts("influencers.cover.removed") == [("ada", {"user_id": ada.pk, "reason": ""})]


def test_staff_remove_it_with_a_reason_and_nobody_else(ada, client):
    checked(ada)
    moderator = UserFactory(handle="mod", roles_held=[Role.MODERATOR])
    with pytest.raises(NotAllowedError):
        remove_cover(user=ada, actor=make_user("sam"), reason="I do not like it", now=NOW)
    with pytest.raises(DomainError):
        remove_cover(user=ada, actor=moderator, reason=" ", now=NOW)
    client.force_login(moderator)
    page = CreatorPage.objects.get(user=ada)
    address = "/admin/influencers/creatorpage/"
    client.post(address, {"action": "remove_cover", "_selected_action": [page.pk], "reason": "Not yours"})
    assert facts("influencers.cover.removed") == [("mod", {"user_id": ada.pk, "reason": "Not yours"})]


def test_the_public_page_shows_it_and_gives_it_to_previews(client, ada, settings):
    settings.SITE_URL = "https://eat.test"
    before = client.get("/@ada").content.decode()
    assert ("creator-cover" in before, "og:image" in before) == (False, False)
    photo = checked(ada, alt="A <long> table")
    page = client.get("/@ada").content.decode()
    assert 'alt="A &lt;long&gt; table"' in page
    assert all(kind in page for kind in ("image/avif", "image/webp", "image/jpeg", "640w", "1500w"))
    assert f'<meta property="og:image" content="https://eat.test{photo.picture["url"]}">' in page


def test_who_is_not_let_in_sees_no_cover(client, ada):
    checked(ada)
    ada.profile.is_private = True
    ada.profile.save()
    assert "creator-cover" not in client.get("/@ada").content.decode()
    assert client.get("/api/v1/influencers/ada").json()["cover"] is None


def test_the_studio_takes_describes_and_removes_it(client, ada):
    client.force_login(ada)
    answer = client.post(STUDIO, {"photo": upload(), "alt": "A table", "do": "save"}, follow=True)
    assert "it shows in a moment" in answer.content.decode()
    assert CoverPhoto.objects.get().alt == "A table"
    client.post(STUDIO, {"alt": "A long table", "do": "save"})
    assert CoverPhoto.objects.get().alt == "A long table"
    assert "is removed" in client.post(STUDIO, {"do": "remove"}, follow=True).content.decode()
    assert "There was no cover photo" in client.post(STUDIO, {"do": "remove"}, follow=True).content.decode()
    assert "at least 400 pixels" in client.post(STUDIO, {"photo": upload((300, 300))}, follow=True).content.decode()


@pytest.mark.parametrize("state", [PhotoState.PENDING, PhotoState.REFUSED, PhotoState.READY])
def test_the_studio_says_how_far_it_is(state, client, ada):
    photo = checked(ada)
    if state != PhotoState.READY:
        CoverPhoto.objects.update(state=state, name="", reason="Too dark")
    client.force_login(ada)
    page = client.get("/studio/page/").content.decode()
    words = {PhotoState.PENDING: "waiting to be checked", PhotoState.REFUSED: "Too dark"}
    assert words.get(state, photo.picture["url"]) in page


def test_visitors_and_others_have_no_studio_cover(client):
    assert client.post(STUDIO, {"do": "remove"})["Location"].startswith("/accounts/login/")
    client.force_login(make_user("sam"))
    assert "This is for creators" in client.post(STUDIO, {"photo": upload()}, follow=True).content.decode()


def test_the_api_sets_describes_shows_and_removes_it(api, ada):
    made = api.put(MINE, {"photo": upload(), "alt": "A table"}, format="multipart")
    assert (made.status_code, made.json()) == (
        200,
        {"alt": "A table", "state": "pending", "reason": "", "picture": None},
    )
    process(model=CoverPhoto, pk=CoverPhoto.objects.get().pk, now=NOW)
    changed = api.patch(MINE, {"alt": "A long table"}, format="json").json()
    assert (changed["alt"], changed["state"], changed["picture"]["width"]) == ("A long table", "ready", 1500)
    assert APIClient().get("/api/v1/influencers/ada").json()["cover"] == changed["picture"]
    assert api.delete(MINE).status_code == 204
    assert APIClient().get("/api/v1/influencers/ada").json()["cover"] is None


def test_the_api_names_what_is_wrong(api):
    assert api.put(MINE, {"alt": "A table"}, format="multipart").status_code == 400
    small = api.put(MINE, {"photo": upload((300, 300))}, format="multipart")
    assert (small.status_code, small.json()["code"]) == (400, "too_small")
    assert api.patch(MINE, {"alt": "A table"}, format="json").json()["code"] == "no_cover"


def test_the_api_is_for_creators():
    assert APIClient().delete(MINE).status_code == 401
    stranger = APIClient()
    stranger.force_login(make_user("sam"))
    assert stranger.put(MINE, {"photo": upload()}, format="multipart").status_code == 403
    assert (stranger.delete(MINE).status_code, CreatorPage.objects.count()) == (204, 0)


def test_the_download_of_ones_data_holds_the_original(ada):
    photo = checked(ada)
    (file,) = [each for each in photos_of(ada) if each.path.startswith("photos/cover/")]
    with file.open() as original:
        assert (file.path, original.read()) == (f"photos/cover/{photo.pk}", picture())
