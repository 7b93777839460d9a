"""The download of one's own data (GDP-1): what is in it, how it is made, how long it is kept. Owner, stranger."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from PIL import Image

from accounts import export_parts
from accounts.export_parts import Document, ExportPart, MediaFile
from accounts.models import DataExport, ProfilePhoto
from accounts.selectors import latest_export
from accounts.services.data_export import KEPT_FOR, LOST_AFTER, build_export, clean_exports, fetch_export, start_export
from accounts.tasks import make_export, tidy_exports
from accounts.tests.factories import PASSWORD, UserFactory
from fitfoodie.common.jobs.services import cancel_background_job
from fitfoodie.common.models import BackgroundJob
from fitfoodie.common.models.job import JobState
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory(handle="mei", name="Mei <Lin>", profile__diets=["vegan"], profile__bio="All mine")


def made(person, now=None):
    export = start_export(user=person, now=now or timezone.now())
    build_export(job_id=export.job_id, now=now or timezone.now())
    return latest_export(person)


def read(export, now=None):
    name, file = fetch_export(user=export.user, public_id=export.job.public_id, now=now or timezone.now())
    with file:
        return name, ZipFile(BytesIO(file.read()))


def tables_of(archive):
    return json.loads(archive.read("data.json"))["tables"]


def picture():
    buffer = BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, "PNG")
    return buffer.getvalue()


def facts():
    return list(Event.objects.order_by("pk").values_list("name", "data"))


def test_export_holds_what_is_the_persons_and_nobody_elses(person):
    UserFactory(profile__bio="Not mine")
    name, archive = read(made(person))
    tables, page = tables_of(archive), archive.read("index.html").decode()
    assert set(tables) == {
        "accounts.user",
        "accounts.profile",
        "accounts.preferences",
        "account.emailaddress",
        "accounts.dataexport",
        "common.backgroundjob",
        "events.event",
    }
    assert tables["accounts.profile"][0]["diets"] == ["vegan"]
    assert tables["accounts.user"][0]["email"] == person.email
    assert "password" not in tables["accounts.user"][0]
    assert "Mei &lt;Lin&gt;" in page
    assert "Not mine" not in page
    assert PASSWORD not in page
    assert name == f"fitfoodie-mei-{timezone.now():%Y-%m-%d}.zip"
    assert facts() == [
        ("accounts.export.requested", {"user_id": person.pk}),
        ("accounts.export.downloaded", {"user_id": person.pk}),
    ]


def test_made_export_tells_what_came_of_it(person):
    export = made(person)
    assert (export.job.state, export.job.done) == (JobState.DONE, export.job.total)
    assert export.job.report[gettext("Photos")] == 0
    assert export.job.result_url == f"/settings/data/export/{export.job.public_id}"
    assert export.expires_at == export.ended_at + KEPT_FOR


def test_export_speaks_the_persons_language():
    person = UserFactory(preferences__language="de")
    _name, archive = read(made(person))
    assert b'<html lang="de">' in archive.read("index.html")


def test_own_photos_come_along_and_lost_ones_cost_nothing_else(person):
    kept = ProfilePhoto.objects.create(user=person, original=ContentFile(picture(), "a"))
    broken = ProfilePhoto.objects.create(user=person, original=ContentFile(b"words", "b"))
    lost = ProfilePhoto.objects.create(user=person, original=ContentFile(picture(), "c"))
    ProfilePhoto.objects.create(user=person)
    ProfilePhoto.objects.create(user=UserFactory(), original=ContentFile(picture(), "d"))
    lost.original.storage.delete(lost.original.name)
    _name, archive = read(made(person))
    photos = {name: archive.read(name) for name in archive.namelist() if name.startswith("photos/")}
    assert photos == {
        f"photos/profile/{kept.pk}.png": picture(),
        f"photos/profile/{broken.pk}.bin": b"words",
    }
    assert archive.testzip() is None


def test_other_apps_add_their_part(person, monkeypatch):
    monkeypatch.setattr(export_parts, "_parts", {})
    letters = Document("letters", "Letters", [{"text": "Hello"}], [{"Text": "Hello"}])
    empty = Document("empty", "Nothing here", [], [])
    part = ExportPart(
        "letters",
        documents=lambda owner: [letters, empty],
        media=lambda owner: [MediaFile(f"letters/{owner.handle}", lambda: BytesIO(b"ink"))],
    )
    export_parts.register(part)
    with pytest.raises(ValueError, match="registered twice"):
        export_parts.register(part)
    _name, archive = read(made(person))
    assert json.loads(archive.read("letters.json")) == [{"text": "Hello"}]
    assert archive.read("letters/mei.bin") == b"ink"
    page = archive.read("index.html").decode()
    assert "<td>Hello</td>" in page
    assert "Nothing here" not in page


def test_second_start_leads_to_the_running_one(person):
    first = start_export(user=person, now=timezone.now())
    assert start_export(user=person, now=timezone.now()) == first
    build_export(job_id=first.job_id, now=timezone.now())
    assert start_export(user=person, now=timezone.now()) != first


def test_database_lets_one_run_a_person(person):
    start_export(user=person, now=timezone.now())
    job = BackgroundJob.objects.create(owner=person, title="Second")
    with pytest.raises(IntegrityError), transaction.atomic():
        DataExport.objects.create(user=person, job=job)


def test_start_enqueues_the_work(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        start_export(user=person, now=timezone.now())
    assert latest_export(person).job.state == JobState.DONE


def test_task_run_twice_makes_one_file(person):
    export = start_export(user=person, now=timezone.now())
    make_export(job_id=export.job_id)
    before = latest_export(person).file
    make_export(job_id=export.job_id)
    assert latest_export(person).file == before
    # A try that died after it had put its file there: the next one puts its own in the same place.
    DataExport.objects.update(ended_at=None, file="", expires_at=None)
    BackgroundJob.objects.update(state=JobState.RUNNING)
    make_export(job_id=export.job_id)
    assert latest_export(person).file == before


def test_cancelled_export_makes_no_file_and_frees_the_place(person):
    export = start_export(user=person, now=timezone.now())
    cancel_background_job(job_id=export.job_id, now=timezone.now())
    again = start_export(user=person, now=timezone.now())
    assert again != export
    build_export(job_id=export.job_id, now=timezone.now())
    cancel_background_job(job_id=again.job_id, now=timezone.now())
    build_export(job_id=again.job_id, now=timezone.now())
    assert list(DataExport.objects.filter(ended_at__isnull=False).values_list("file", flat=True)) == ["", ""]


def test_export_is_fetched_by_its_owner_while_it_is_kept(person):
    now = timezone.now()
    export = made(person, now)
    wanted = {"public_id": export.job.public_id, "now": now}
    with pytest.raises(DataExport.DoesNotExist):
        fetch_export(user=UserFactory(), **wanted)
    with pytest.raises(DataExport.DoesNotExist):
        fetch_export(user=person, **wanted | {"now": now + KEPT_FOR})
    Path(storages["private"].path(export.file)).unlink()
    with pytest.raises(DataExport.DoesNotExist):
        fetch_export(user=person, **wanted)


def test_file_is_removed_after_seven_days(person):
    now = timezone.now()
    export = made(person, now)
    assert clean_exports(now=now + KEPT_FOR - timedelta(seconds=1)) == 0
    assert storages["private"].exists(export.file)
    assert clean_exports(now=now + KEPT_FOR) == 1
    assert not storages["private"].exists(export.file)
    assert (latest_export(person).file, latest_export(person).job.result_url) == ("", "")
    assert tidy_exports() == 0


def test_export_whose_worker_died_is_given_up_and_can_be_started_again(person):
    now = timezone.now()
    export = start_export(user=person, now=now)
    BackgroundJob.objects.update(state=JobState.RUNNING)
    clean_exports(now=now + LOST_AFTER - timedelta(minutes=1))
    assert start_export(user=person, now=now) == export
    clean_exports(now=now + LOST_AFTER + timedelta(minutes=1))
    export.job.refresh_from_db()
    assert (export.job.state, export.job.error) == (JobState.FAILED, "This was interrupted. Start it again.")
    assert start_export(user=person, now=now) != export
