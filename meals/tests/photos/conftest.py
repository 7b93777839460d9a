import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from accounts.models import User
from meals.models import Meal, MealPhoto


@pytest.fixture
def meal(db):
    creator = User.objects.create_user("cook@example.org", "x", handle="cook", name="Cook")
    return Meal.objects.create(creator=creator, title="Lentil soup", slug="lentil-soup")


@pytest.fixture
def upload():
    """A JPEG as it comes from a phone: with a name of the person and a place in it."""

    def make(size=(800, 600), color="#c06030"):
        exif = Image.Exif()
        exif[0x010F] = "Camera of Anna"
        file = io.BytesIO()
        Image.new("RGB", size, color).save(file, "JPEG", exif=exif)
        return ContentFile(file.getvalue(), name="../../Anna at home.jpg")

    return make


@pytest.fixture
def photo(meal):
    """A row nobody has saved yet, as a view hands it to the service."""
    return MealPhoto(meal=meal, alt="A bowl of red lentil soup")
