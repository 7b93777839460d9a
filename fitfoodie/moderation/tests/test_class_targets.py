"""Ratings of classes and words of partners can be reported, held, taken down and let go."""

from datetime import timedelta

import pytest

from classes.enums import RsvpStatus
from classes.models import ClassType, PeerReview, SessionRating
from classes.services.ratings import rate_session
from classes.tests.factories import NOW, make_rsvp, make_session, make_user
from fitfoodie.moderation.targets import KINDS

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(days=3)


@pytest.fixture
def boss():
    person = make_user("boss")
    person.is_superuser = True
    person.save()
    return person


def test_rating_of_a_class_is_a_target(boss):
    ada, session = make_user("ada"), make_session()
    make_rsvp(session, ada, RsvpStatus.ATTENDED)
    rating = rate_session(author=ada, session_id=session.pk, stars=5, text="", now=AFTER)
    target, viewer = KINDS["class-rating"], make_user("ben")
    assert target.find(viewer, "public_id", rating.public_id) == rating
    assert list(target.rows(viewer, [rating.pk])) == [rating]
    assert (target.title(rating), target.owner_of(rating)) == ("5/5", ada)
    assert target.address(rating).startswith(session.get_absolute_url())
    assert target.hold(rating.pk, "report", AFTER)
    with pytest.raises(SessionRating.DoesNotExist):
        target.find(viewer, "public_id", rating.public_id)
    target.release(rating.pk, boss, "Fine", AFTER)
    assert ClassType.objects.across_chains().get().rating_count == 1
    target.take_down(rating.pk, boss, "Bought", AFTER)
    assert ClassType.objects.across_chains().get().rating_count == 0
    assert target.unseen(rating.pk) == rating


def test_word_of_a_partner_is_a_target_of_its_reader_alone(boss):
    ada, ben = make_user("ada"), make_user("ben")
    session = make_session()
    word = PeerReview.objects.create(
        session=session, author=ada, subject=ben, tags=["safe"], text="Hm", written_at=NOW, shown_at=NOW
    )
    target = KINDS["peer-review"]
    assert target.find(ben, "public_id", word.public_id) == word
    assert list(target.rows(ben, [word.pk])) == [word]
    assert (target.title(word), target.owner_of(word), target.address(word)) == ("Hm", ada, "/my/classes/history/")
    with pytest.raises(PeerReview.DoesNotExist):
        target.find(ada, "public_id", word.public_id)
    assert target.hold(word.pk, "report", AFTER)
    target.release(word.pk, boss, "Fine", AFTER)
    target.take_down(word.pk, boss, "Hurts", AFTER)
    assert target.unseen(word.pk).state == "removed"
