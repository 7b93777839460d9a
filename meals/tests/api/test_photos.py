import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from meals.models import MealPhoto

URL = "/api/v1/meals/red-lentil-soup/photos"


@pytest.fixture
def picture():
    def make(name="soup.jpg"):
        out = io.BytesIO()
        Image.new("RGB", (400, 300), "red").save(out, "JPEG")
        return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")

    return make


def add(client, file, **more):
    return client.post(URL, {"photo": file, "alt": "Soup"} | more, format="multipart")


def test_photo_is_added_changed_ordered_and_removed(signed_in, ada, soup, picture):
    client = signed_in(ada)
    first, second = (add(client, picture()) for _ in range(2))
    assert (first.status_code, first.json()["alt"], second.json()["position"]) == (201, "Soup", 2)
    ids = [first.json()["id"], second.json()["id"]]
    ordered = client.patch(URL, {"order": ids[::-1]})
    assert [photo["id"] for photo in ordered.json()["photos"]] == ids[::-1]
    changed = client.patch(f"{URL}/{ids[1]}", {"alt": "Bowl", "is_cover": True})
    assert changed.json()["alt"] == "Bowl"
    soup.refresh_from_db()
    assert soup.cover.public_id == ids[1]
    assert client.delete(f"{URL}/{ids[0]}").status_code == 204
    assert client.delete(URL).status_code == 204
    assert MealPhoto.objects.count() == 0


def test_crop_waits_until_the_photo_is_checked(signed_in, ada, soup):
    photo = MealPhoto.objects.create(meal=soup, position=1)
    response = signed_in(ada).patch(f"{URL}/{photo.public_id}", {"crop": [0, 0, 0.5, 0.5]})
    assert response.status_code == 409
    assert signed_in(ada).patch(f"{URL}/{photo.public_id}", {"crop": [0]}).status_code == 400


def test_same_upload_with_one_key_is_one_photo(signed_in, ada, soup, picture):
    client = signed_in(ada)
    for _ in range(2):
        client.post(URL, {"photo": picture()}, format="multipart", headers={"Idempotency-Key": "k"})
    assert MealPhoto.objects.count() == 1


def test_file_that_is_no_photo_is_refused(signed_in, ada, soup):
    response = add(signed_in(ada), SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>", "image/jpeg"))
    assert (response.status_code, MealPhoto.objects.count()) == (400, 0)


def test_upload_without_a_file_names_the_field(signed_in, ada, soup):
    response = signed_in(ada).post(URL, {"alt": "x"}, format="multipart")
    assert response.json()["errors"][0]["pointer"] == "/photo"


def test_order_that_misses_a_photo_is_refused(signed_in, ada, soup, picture):
    client = signed_in(ada)
    add(client, picture())
    assert client.patch(URL, {"order": []}).json()["code"] == "order_mismatch"


def test_photos_are_for_the_creator_alone(api, signed_in, sam, soup, draft, picture):
    photo = MealPhoto.objects.create(meal=soup, position=1)
    one = f"{URL}/{photo.public_id}"
    assert [add(api, picture()).status_code, api.patch(URL, {}).status_code, api.delete(one).status_code] == [401] * 3
    client = signed_in(sam)
    assert add(client, picture()).status_code == 403
    assert client.patch(URL, {"order": [photo.public_id]}).status_code == 403
    assert [client.patch(one, {"alt": "x"}).status_code, client.delete(one).status_code] == [403, 403]
    assert client.delete(URL).status_code == 403
    assert client.delete(f"/api/v1/meals/{draft.slug}/photos").status_code == 404
    assert client.delete(f"{URL}/nothing").status_code == 404


def test_unchecked_photo_is_shown_to_its_creator_alone(api, signed_in, ada, soup):
    MealPhoto.objects.create(meal=soup, position=1)
    url = "/api/v1/meals/red-lentil-soup"
    assert (api.get(url).json()["photos"], len(signed_in(ada).get(url).json()["photos"])) == ([], 1)


def test_meal_without_a_photo_has_a_drawn_cover(api, soup):
    cover = api.get("/api/v1/meals").json()["results"][0]["cover"]
    assert cover["url"] == "/meals/red-lentil-soup/cover.svg"
    assert api.get(cover["url"]).status_code == 200
