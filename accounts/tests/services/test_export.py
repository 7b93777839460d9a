import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone

from accounts.services.export import export_person
from accounts.tests.factories import PASSWORD, UserFactory
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db


def read(content):
    archive = ZipFile(BytesIO(content))
    return json.loads(archive.read("data.json"))["tables"], archive.read("index.html").decode()


def test_export_holds_what_is_the_persons_and_nobody_elses():
    person = UserFactory(name="Mei <Lin>", profile__diets=["vegan"], profile__bio="All mine")
    UserFactory(profile__bio="Not mine")
    tables, page = read(export_person(user=person, now=timezone.now()))
    assert set(tables) == {"accounts.user", "accounts.profile", "accounts.preferences", "account.emailaddress"}
    assert tables["accounts.profile"][0]["diets"] == ["vegan"]
    assert tables["accounts.user"][0]["email"] == person.email
    assert "password" not in tables["accounts.user"][0]
    assert "Mei &lt;Lin&gt;" in page
    assert "Not mine" not in page
    assert PASSWORD not in page
    assert Event.objects.get().name == "accounts.export.downloaded"


def test_download(client):
    assert client.post("/settings/data/export").status_code == 302
    person = UserFactory(handle="mei")
    client.force_login(person)
    assert client.get("/settings/data/export").status_code == 405
    response = client.post("/settings/data/export")
    assert response["Content-Type"] == "application/zip"
    assert 'filename="fitfoodie-mei-' in response["Content-Disposition"]
    assert "accounts.user" in read(response.content)[0]
