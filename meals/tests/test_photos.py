"""Photos of a meal through the editor; what makes a picture safe is tested with the pipeline."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.models import Event
from meals import services
from meals.models import Meal, MealPhoto
from meals.services.photos import MAX_PHOTOS
from meals.tests.factories import NOW, make_meal, make_moderator


def picture(name="soup.jpg", color="red"):
    data = BytesIO()
    Image.new("RGB", (640, 480), color).save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")


@pytest.fixture
def soup(ada):
    return make_meal(ada, "Soup", publish=True)


@pytest.fixture
def three(soup, ada):
    return [services.add_photo(meal_id=soup.pk, actor=ada, file=picture(), now=NOW, alt=alt) for alt in ("a", "b", "c")]


def order(meal):
    return [photo.alt for photo in meal.photos.all()]


def test_first_photo_leads_and_the_next_follow(soup, three):
    assert Meal.objects.get(pk=soup.pk).cover == three[0]
    assert order(soup) == ["a", "b", "c"]
    facts = Event.objects.filter(name="meals.photo.added").order_by("pk")
    assert [event.data for event in facts] == [{"meal_id": soup.pk, "photo_id": photo.pk} for photo in three]


def test_removed_lead_hands_over(soup, ada, three):
    services.remove_photo(photo_id=three[0].pk, actor=ada, now=NOW)
    assert Meal.objects.get(pk=soup.pk).cover == three[1]
    fact = Event.objects.get(name="meals.photo.removed")
    assert fact.data == {"meal_id": soup.pk, "photo_id": three[0].pk, "reason": ""}


def test_order_must_name_each_photo_once(soup, ada, three):
    ids = [photo.public_id for photo in three]
    services.reorder_photos(meal_id=soup.pk, actor=ada, public_ids=[ids[2], ids[0], ids[1]])
    assert order(soup) == ["c", "a", "b"]
    with pytest.raises(DomainError) as caught:
        services.reorder_photos(meal_id=soup.pk, actor=ada, public_ids=ids[:2])
    assert caught.value.code == "order_mismatch"


def test_there_is_an_end_to_photos(soup, ada):
    for number in range(MAX_PHOTOS):
        MealPhoto.objects.create(meal=soup, position=number + 1)
    with pytest.raises(DomainError) as caught:
        services.add_photo(meal_id=soup.pk, actor=ada, file=picture(), now=NOW)
    assert caught.value.code == "too_many_photos"


def test_strangers_cannot_touch_photos(soup, ben, three):
    photo = three[0]
    with pytest.raises(NotAllowedError):
        services.add_photo(meal_id=soup.pk, actor=ben, file=picture(), now=NOW)
    with pytest.raises(NotAllowedError):
        services.describe_photo(photo_id=photo.pk, actor=ben, alt="Mine")
    with pytest.raises(NotAllowedError):
        services.remove_photo(photo_id=photo.pk, actor=ben, now=NOW)


def test_moderator_removes_with_a_reason_only(soup, three):
    moderator = make_moderator("mod")
    with pytest.raises(DomainError) as caught:
        services.remove_photo(photo_id=three[0].pk, actor=moderator, now=NOW)
    assert caught.value.field == "reason"
    services.remove_photo(photo_id=three[0].pk, actor=moderator, now=NOW, reason="Advert")
    assert order(soup) == ["b", "c"]


def test_long_description_names_the_field(ada, three):
    with pytest.raises(DomainError) as caught:
        services.describe_photo(photo_id=three[0].pk, actor=ada, alt="x" * 301)
    assert caught.value.field == "alt"


def test_photos_by_page(client, ada, soup):
    client.force_login(ada)
    files = [picture("one.jpg"), SimpleUploadedFile("bad.jpg", b"not a picture")]
    answer = client.post("/create/meals/soup/photos/add", {"photos": files}, follow=True)
    assert "bad.jpg:" in answer.content.decode()
    photo = soup.photos.get()
    change = f"/create/meals/soup/photos/{photo.public_id}"
    assert client.post(change, {"do": "describe", "alt": "A red soup"}).status_code == 302
    answer = client.post(change, {"do": "cover"}, headers={"hx-request": "true"})
    assert "A red soup" in answer.content.decode()
    assert client.post(change, {"do": "dance"}, follow=True).content.decode().count("Choose what to do") == 1
    assert client.get("/create/meals/soup/photos").status_code == 200
    client.post(change, {"do": "remove"})
    assert not soup.photos.exists()
    assert client.post(change, {"do": "cover"}).status_code == 404


def test_order_by_page(client, ada, soup, three):
    client.force_login(ada)
    swapped = ",".join(three[index].public_id for index in (1, 0, 2))
    client.post(f"/create/meals/soup/photos/{three[0].public_id}", {"do": "move", "order": swapped})
    assert order(soup) == ["b", "a", "c"]


def test_crop_by_page_waits_until_the_photo_is_checked(client, ada, soup, three):
    client.force_login(ada)
    change = f"/create/meals/soup/photos/{three[0].public_id}"
    answer = client.post(change, {"do": "crop", "crop": "top"}, follow=True)
    assert "still being checked" in answer.content.decode()


def test_upload_of_nothing_says_so(client, ada, soup):
    client.force_login(ada)
    assert "Choose a photo first." in client.post("/create/meals/soup/photos/add", follow=True).content.decode()
