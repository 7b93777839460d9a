from datetime import timedelta

import pytest

from classes.enums import RsvpStatus
from classes.services.calendar import renew_calendar
from classes.services.own_data import PART
from classes.services.ratings import rate_session
from classes.tests.factories import NOW, make_rsvp, make_session, make_user

pytestmark = pytest.mark.django_db


def test_download_holds_what_one_did_and_no_secret():
    ada, session = make_user("ada"), make_session()
    seat = make_rsvp(session, ada, RsvpStatus.ATTENDED)
    rate_session(author=ada, session_id=session.pk, stars=5, text="Good", now=NOW + timedelta(days=3))
    feed = renew_calendar(user=ada, now=NOW)
    found = {document.name: document.data for document in PART.documents(ada)}
    assert [len(rows) for rows in found.values()] == [1, 1, 0, 0, 1]
    assert found["bookings"][0]["status"] == "attended"
    assert found["class-ratings"][0]["stars"] == 5
    assert not any(secret in str(found) for secret in (seat.nonce, feed.token))
    assert list(PART.media(ada)) == []
    assert [document.data for document in PART.documents(make_user("ben"))] == [[]] * 5
