"""What the download of one's own data holds of the graph."""

from accounts.models import User
from social.services.block import block_person
from social.services.connection import request_connection
from social.services.follow import follow_person
from social.services.own_data import documents_of, no_media
from social.tests.graph import NOW


def ties(user):
    return {document.name: [(tie["handle"], tie["state"]) for tie in document.data] for document in documents_of(user)}


def test_own_ties_are_there(ada, ben, sam):
    follow_person(follower=ada, person_id=ben.pk, now=NOW)
    follow_person(follower=ben, person_id=ada.pk, now=NOW)
    request_connection(asker=ada, person_id=ben.pk, now=NOW)
    block_person(blocker=ada, person_id=sam.pk, now=NOW)
    assert ties(ada) == {
        "following": [("ben", "accepted")],
        "followers": [("ben", "accepted")],
        "friends": [("ben", "asked_by_you")],
        "blocked": [("sam", "blocked")],
    }
    assert ties(ben)["friends"] == [("ada", "requested")]
    assert list(no_media(ada)) == []
    assert documents_of(ada)[3].rows == [{"Handle": "sam", "State": "blocked", "Since": NOW}]


def test_download_is_no_way_round_a_block_or_a_suspension(ada, ben, sam):
    follow_person(follower=ada, person_id=ben.pk, now=NOW)
    User.objects.filter(pk=ben.pk).update(is_active=False)
    block_person(blocker=sam, person_id=ada.pk, now=NOW)
    assert ties(ada) == {"following": [], "followers": [], "friends": [], "blocked": []}
