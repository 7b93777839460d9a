import io
import threading
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from PIL import Image

from fitfoodie.common.errors import DomainError, IllegalTransitionError
from fitfoodie.common.images import processing, renditions, services
from fitfoodie.common.images.errors import ImageRefused
from fitfoodie.common.images.models import TRANSITIONS, PhotoState
from fitfoodie.common.images.orphans import remove_orphans
from fitfoodie.common.images.tasks import sweep_photos
from meals.models import MealPhoto

NOW = timezone.now()
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def waiting(photo, upload):
    """Uploaded, not yet processed: the transaction of the test never commits."""
    return services.accept_upload(photo=photo, file=upload(), now=NOW)


def process(photo):
    state = processing.process(model=MealPhoto, pk=photo.pk, now=timezone.now())
    photo.refresh_from_db()
    return state


def public_files(photo):
    return renditions.file_names(photo.name, photo.width)


def test_accept_upload_keeps_the_original_private(waiting):
    assert (waiting.state, waiting.picture) == ("pending", None)
    assert waiting.original.storage is storages["private"]
    assert waiting.original.name.startswith("originals/meals.mealphoto/")
    assert "Anna" not in waiting.original.name


def test_accept_upload_is_processed_after_commit(photo, upload, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.accept_upload(photo=photo, file=upload(), now=NOW)
        photo.refresh_from_db()
        assert photo.state == "pending"
    photo.refresh_from_db()
    assert photo.state == "ready"


def test_accept_upload_refused(photo):
    with pytest.raises(ImageRefused):
        services.accept_upload(photo=photo, file=ContentFile(b"<svg/>", name="photo.jpg"), now=NOW)
    assert MealPhoto.objects.count() == 0


def test_accept_upload_wrong_crop(photo, upload):
    with pytest.raises(DomainError) as caught:
        services.accept_upload(photo=photo, file=upload(), now=NOW, crop=[0, 0, 2, 1])
    assert (caught.value.code, caught.value.field) == ("invalid_crop", "crop")


def test_process_makes_every_size(waiting):
    assert process(waiting) == "ready"
    assert (waiting.width, waiting.height, waiting.attempts, waiting.reason) == (800, 600, 0, "")
    assert [name.rpartition("/")[2] for name in public_files(waiting)] == [
        *("320.avif", "320.webp", "320.jpg"),
        *("640.avif", "640.webp", "640.jpg"),
        *("800.avif", "800.webp", "800.jpg"),
    ]
    for name in public_files(waiting):
        with storages["default"].open(name) as file:
            data = file.read()
        assert b"Anna" not in data
        assert f"{Image.open(io.BytesIO(data)).width}." in name


def test_picture_is_told_from_stored_fields(waiting, django_assert_num_queries):
    process(waiting)
    fields = MealPhoto.objects.values("name", "width", "height", "alt", "placeholder", "color").get()
    with django_assert_num_queries(0):
        picture = renditions.picture(**fields)
    base = f"/media/{waiting.name}"
    assert picture == waiting.picture
    assert picture == {
        "url": f"{base}/800.jpg",
        "width": 800,
        "height": 600,
        "alt": "A bowl of red lentil soup",
        "placeholder": waiting.placeholder,
        "color": waiting.color,
        "sources": [
            {"type": "image/avif", "srcset": f"{base}/320.avif 320w, {base}/640.avif 640w, {base}/800.avif 800w"},
            {"type": "image/webp", "srcset": f"{base}/320.webp 320w, {base}/640.webp 640w, {base}/800.webp 800w"},
            {"type": "image/jpeg", "srcset": f"{base}/320.jpg 320w, {base}/640.jpg 640w, {base}/800.jpg 800w"},
        ],
    }
    assert picture["url"] == storages["default"].url(f"{waiting.name}/800.jpg")


@pytest.mark.parametrize(
    ("width", "widths"), [(200, [200]), (320, [320]), (1000, [320, 640, 960, 1000]), (1600, [320, 640, 960, 1600])]
)
def test_widths_of(width, widths):
    assert renditions.widths_of(width) == widths


def test_process_twice_does_nothing_the_second_time(waiting):
    process(waiting)
    name = waiting.name
    assert process(waiting) is None
    assert waiting.name == name


def test_process_gone(db):
    assert processing.process(model=MealPhoto, pk=99, now=NOW) is None


def test_process_damaged_photo_is_refused_and_its_original_deleted(photo, upload):
    whole = upload().read()
    services.accept_upload(photo=photo, file=ContentFile(whole[: len(whole) // 2], name="x"), now=NOW)
    original = photo.original.name
    assert process(photo) == "refused"
    assert photo.reason.startswith("The photo is damaged")
    assert (photo.original.name, storages["private"].exists(original)) == ("", False)


def test_process_leaves_what_a_person_edited_meanwhile(waiting, monkeypatch):
    clean = processing.clean_image

    def slow(*args, **options):
        MealPhoto.objects.update(alt="edited", position=3)
        return clean(*args, **options)

    monkeypatch.setattr(processing, "clean_image", slow)
    process(waiting)
    assert (waiting.state, waiting.alt, waiting.position) == ("ready", "edited", 3)


def test_process_deleted_meanwhile_leaves_no_files(waiting, monkeypatch):
    clean = processing.clean_image

    def slow(*args, **options):
        MealPhoto.objects.all().delete()
        return clean(*args, **options)

    monkeypatch.setattr(processing, "clean_image", slow)
    before = set(files_under("photos"))
    assert processing.process(model=MealPhoto, pk=waiting.pk, now=timezone.now()) is None
    assert set(files_under("photos")) == before


def files_under(folder):
    root = storages["default"].base_location
    return [str(path) for path in root.glob(f"{folder}/**/*.*")]


@pytest.mark.parametrize("step", ["_checked", "ContentFile"])
def test_process_storage_down_goes_back_to_pending(waiting, monkeypatch, step):
    def down(*args):
        raise OSError("storage is down")

    monkeypatch.setattr(processing, step, down)
    with pytest.raises(OSError, match="storage is down"):
        process(waiting)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts) == ("pending", 1)


def test_process_gives_up_in_the_end(waiting, monkeypatch):
    MealPhoto.objects.update(attempts=processing.MAX_ATTEMPTS - 1)

    def down(*args):
        raise OSError

    monkeypatch.setattr(processing, "_checked", down)
    with pytest.raises(OSError):  # noqa: PT011 - the error of the storage itself, whatever it says
        process(waiting)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("refused", processing.GIVEN_UP_REASON)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_process_by_two_workers_is_done_once(photo, upload, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once need PostgreSQL; SQLite serialises them")
    monkeypatch.setattr(services.process_photo, "delay", lambda **kwargs: None)
    services.accept_upload(photo=photo, file=upload(), now=NOW)
    states = []

    def work():
        states.append(processing.process(model=MealPhoto, pk=photo.pk, now=timezone.now()))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(states, key=str) == [None, None, "ready"]


def test_scanner_down_holds_and_the_sweep_tries_again(waiting, settings):
    settings.CLAMAV_ADDRESS = "127.0.0.1:1"
    assert process(waiting) == "held"
    assert (waiting.reason, waiting.picture) == (processing.HELD_REASON, None)
    MealPhoto.objects.update(state_since=NOW - timedelta(minutes=3))
    settings.CLAMAV_ADDRESS = ""
    assert sweep_photos() == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("ready", "")


def test_scanner_finds_something(photo, upload, settings, monkeypatch):
    settings.CLAMAV_ADDRESS = "scanner:3310"
    monkeypatch.setattr(processing.antivirus, "_connect", scanner_that_says(b"stream: Eicar FOUND\0"))
    services.accept_upload(photo=photo, file=ContentFile(upload().read() + EICAR, name="x"), now=NOW)
    assert process(photo) == "refused"
    assert "virus scanner" in photo.reason
    assert photo.original.name == ""


def test_scanner_passes(waiting, settings, monkeypatch):
    settings.CLAMAV_ADDRESS = "scanner:3310"
    monkeypatch.setattr(processing.antivirus, "_connect", scanner_that_says(b"stream: OK\0"))
    assert process(waiting) == "ready"


def scanner_that_says(answer):
    """The other end of a real socket pair: reads all it is sent, then gives one answer."""

    def connect(address, timeout):
        ours, theirs = processing.antivirus.socket.socketpair()
        ours.settimeout(timeout)

        def serve():
            with theirs:
                while not theirs.recv(1 << 20).endswith(bytes(4)):
                    pass
                theirs.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        return ours

    return connect


def test_sweep_frees_what_a_crash_left(waiting):
    MealPhoto.objects.update(state="scanning", state_since=NOW - timedelta(minutes=6), attempts=1)
    assert sweep_photos() == 1
    waiting.refresh_from_db()
    assert waiting.state == "ready"


@pytest.mark.parametrize(
    ("state", "minutes", "attempts"), [("scanning", 4, 1), ("pending", 0, 0), ("pending", 7, 3), ("refused", 99, 0)]
)
def test_sweep_leaves_what_is_not_due(waiting, state, minutes, attempts):
    MealPhoto.objects.update(state=state, state_since=NOW - timedelta(minutes=minutes), attempts=attempts)
    assert processing.due(now=NOW) == []


def test_change_crop_keeps_the_old_cut_until_the_new_one_is_there(waiting, django_capture_on_commit_callbacks):
    process(waiting)
    old = public_files(waiting)
    changed = services.change_crop(photo=waiting, crop=[0, 0, 0.5, 1], now=timezone.now())
    assert (changed.state, changed.picture is not None) == ("pending", True)
    with django_capture_on_commit_callbacks(execute=True):
        assert process(changed) == "ready"
    assert (changed.width, changed.height) == (400, 600)
    assert [name for name in old if storages["default"].exists(name)] == []
    assert all(storages["default"].exists(name) for name in public_files(changed))


def test_change_crop_while_being_checked(waiting):
    with pytest.raises(IllegalTransitionError) as caught:
        services.change_crop(photo=waiting, crop=None, now=NOW)
    assert caught.value.legal == sorted(TRANSITIONS[PhotoState.PENDING])


def test_delete_photo_deletes_its_files(waiting, django_capture_on_commit_callbacks):
    process(waiting)
    public, original = public_files(waiting), waiting.original.name
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_photo(photo=waiting)
        assert storages["private"].exists(original)
    assert not any(storages["default"].exists(name) for name in public)
    assert not storages["private"].exists(original)


def test_delete_photo_that_was_refused(waiting, django_capture_on_commit_callbacks):
    MealPhoto.objects.update(original="", state="refused")
    waiting.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_photo(photo=waiting)
    assert MealPhoto.objects.count() == 0


def test_delete_files_that_cannot_be_deleted(caplog, monkeypatch):
    def down(name):
        raise OSError

    monkeypatch.setattr(storages["default"], "delete", down)
    processing.delete_files(storages["default"], ["photos/a/1.jpg"])
    assert "could not delete photos/a/1.jpg" in caplog.text


def test_ready_without_files_is_refused_by_the_database(waiting):
    with pytest.raises(IntegrityError), transaction.atomic():
        MealPhoto.objects.update(state="ready", name="")


def test_remove_orphans(waiting, capsys):
    from django.core.management import call_command  # noqa: PLC0415 - slow import, used by one test

    process(waiting)
    remove_orphans(now=NOW + timedelta(days=30), dry_run=False)
    public = storages["default"].save("photos/meals.mealphoto/aa/lost/320.jpg", ContentFile(b"x"))
    private = storages["private"].save("originals/meals.mealphoto/aa/lost", ContentFile(b"x"))
    assert remove_orphans(now=NOW) == []
    later = NOW + timedelta(days=2)
    assert remove_orphans(now=later) == [public, private]
    assert remove_orphans(now=later, dry_run=False) == [public, private]
    assert remove_orphans(now=later) == []
    assert all(storages["default"].exists(name) for name in public_files(waiting))
    assert storages["private"].exists(waiting.original.name)
    call_command("remove_orphan_photos")
    call_command("remove_orphan_photos", "--delete")
    assert capsys.readouterr().out.splitlines() == [
        "0 orphan files found (run again with --delete to remove them)",
        "0 orphan files deleted",
    ]
