"""Ratings: who may, once, for how long, and sums that are always a recount."""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classes.enums import RatingState, RsvpStatus
from classes.models import ClassType, InstructorRating, Rsvp, SessionRating
from classes.selectors.ratings import (
    own_rating,
    ratings_shown,
    standing_of_instructor,
    standing_of_type,
    waiting_to_be_rated,
)
from classes.services.rating_sums import PRIOR_MEAN, PRIOR_WEIGHT, bayes
from classes.services.ratings import (
    edit_rating,
    hold_rating,
    rate_session,
    remove_rating,
    reply_to_rating,
    show_rating,
)
from classes.tests.factories import (
    NOW,
    make_chain,
    make_rsvp,
    make_session,
    make_staff,
    make_studio,
    make_user,
)
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.events.models import Event
from social.models import Block

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(days=3)


@pytest.fixture
def coach():
    return make_user("coach")


@pytest.fixture
def session(coach):
    return make_session(instructor=coach)


@pytest.fixture
def moderator():
    person = make_user("moderator")
    person.is_superuser = True
    person.save()
    return person


def attend(session, name):
    user = make_user(name)
    make_rsvp(session, user, RsvpStatus.ATTENDED)
    return user


def rate(session, user, stars=5, text="", now=AFTER):
    return rate_session(author=user, session_id=session.pk, stars=stars, text=text, now=now)


def refusal(call, *args, **kwargs):
    with pytest.raises(DomainError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def sums(session):
    kind = ClassType.objects.across_chains().get(pk=session.class_type_id)
    return kind.rating_count, kind.rating_average


def test_who_was_there_rates_once(session):
    ada = attend(session, "ada")
    rating = rate(session, ada, 4, " Good \r\n pace. ")
    assert (rating.stars, rating.text, rating.state, rating.rated_at) == (4, "Good \n pace.", "visible", AFTER)
    assert refusal(rate, session, ada) == "already_rated"
    fact = Event.objects.get(name="classes.rating.written")
    assert fact.data == {
        "rating_id": rating.pk,
        "session_id": session.pk,
        "chain_id": session.chain_id,
        "author_id": ada.pk,
        "stars": 4,
    }


@pytest.mark.parametrize("status", [RsvpStatus.CONFIRMED, RsvpStatus.NO_SHOW, RsvpStatus.CANCELLED])
def test_others_are_refused(session, status):
    user = make_user("ben")
    make_rsvp(session, user, status)
    assert refusal(rate, session, user) == "not_attended"
    assert refusal(rate, session, make_user("stranger")) == "not_attended"


def test_instructor_does_not_rate_and_nobody_before_the_end(session, coach):
    make_rsvp(session, coach, RsvpStatus.ATTENDED)
    assert refusal(rate, session, coach) == "own_class"
    assert refusal(rate, session, attend(session, "ada"), now=session.ends_at - timedelta(seconds=1)) == "not_over"


@pytest.mark.parametrize(
    ("stars", "text", "code"), [(0, "", "stars_range"), (True, "", "stars_range"), (3, "a" * 2001, "too_long")]
)
def test_bad_input_is_refused(session, stars, text, code):
    assert refusal(rate, session, attend(session, "ada"), stars, text) == code


def test_average_is_shown_from_three_on(session, coach):
    for number, stars in enumerate((5, 4), 1):
        rate(session, attend(session, f"p{number}"), stars)
        assert sums(session) == (number, None)
    rate(session, attend(session, "p3"), 3)
    assert sums(session) == (3, 4.0)
    standing = standing_of_type(session.class_type)
    session.class_type.refresh_from_db()
    standing = standing_of_type(session.class_type)
    assert (standing.count, standing.average) == (3, 4.0)
    assert [(bar.stars, bar.count, bar.percent) for bar in standing.bars] == [
        (5, 1, 33),
        (4, 1, 33),
        (3, 1, 33),
        (2, 0, 0),
        (1, 0, 0),
    ]
    assert standing_of_instructor(coach.pk) == standing
    assert standing_of_instructor(make_user("nobody").pk).bars == []


def test_order_believes_many_more_than_one():
    assert bayes(5, 1) < bayes(47, 10)
    assert bayes(0, 0) == PRIOR_MEAN
    assert bayes(5 * 10**6, 10**6) == pytest.approx(5, abs=0.001)
    assert bayes(1, 1) == pytest.approx((PRIOR_WEIGHT * PRIOR_MEAN + 1) / (PRIOR_WEIGHT + 1))


def test_edited_for_14_days(session):
    ada = attend(session, "ada")
    rate(session, ada, 2, "Meh.")
    changed = edit_rating(author=ada, session_id=session.pk, stars=5, now=AFTER + timedelta(days=14))
    assert (changed.stars, changed.text) == (5, "Meh.")
    late = AFTER + timedelta(days=14, seconds=1)
    assert refusal(edit_rating, author=ada, session_id=session.pk, stars=1, now=late) == "edit_over"
    with pytest.raises(SessionRating.DoesNotExist):
        edit_rating(author=make_user("ben"), session_id=session.pk, stars=1, now=AFTER)
    assert Event.objects.filter(name="classes.rating.edited").count() == 1


def test_text_with_contact_waits_and_the_author_is_told(session):
    ada = attend(session, "ada")
    rating = rate(session, ada, 5, "Call me: +41 79 123 45 67")
    assert (rating.state, rating.state_reason) == (RatingState.WAITING, "filter:contact")
    assert sums(session) == (0, None)
    assert Event.objects.get(name="classes.rating.moderated").data["author_id"] == ada.pk
    assert own_rating(ada, session.pk) == rating
    assert list(ratings_shown(ada)) == []
    mended = edit_rating(author=ada, session_id=session.pk, text="Call me impressed", now=AFTER)
    assert (mended.state, mended.state_reason, sums(session)[0]) == (RatingState.VISIBLE, "", 1)


def test_held_removed_and_shown_again_count_at_once(session, moderator):
    people = [attend(session, f"p{number}") for number in range(4)]
    ratings = [rate(session, person, stars) for person, stars in zip(people, (5, 5, 5, 1), strict=True)]
    assert sums(session) == (4, 4.0)
    assert hold_rating(rating_id=ratings[3].pk, reason="Reported", now=AFTER)
    assert not hold_rating(rating_id=ratings[3].pk, reason="Reported", now=AFTER)
    assert sums(session) == (3, 5.0)
    show_rating(rating_id=ratings[3].pk, actor=moderator, reason="Fair", now=AFTER)
    assert sums(session) == (4, 4.0)
    remove_rating(rating_id=ratings[0].pk, actor=moderator, reason="Bought", now=AFTER)
    assert sums(session) == (3, pytest.approx(11 / 3))
    assert refusal(edit_rating, author=people[0], session_id=session.pk, text="x", now=AFTER) == "rating_removed"
    states = [event.data["state"] for event in Event.objects.filter(name="classes.rating.moderated").order_by("pk")]
    assert states == ["waiting", "visible", "removed"]


def test_what_people_hold_stays_held_when_edited(session):
    ada = attend(session, "ada")
    rating = rate(session, ada, 5, "Fine")
    hold_rating(rating_id=rating.pk, reason="report", now=AFTER)
    assert edit_rating(author=ada, session_id=session.pk, text="Nice", now=AFTER).state == RatingState.WAITING


def test_host_answers_and_cannot_remove(session):
    rating = rate(session, attend(session, "ada"), 1, "Cold hall")
    owner = make_user("owner")
    make_staff(session.chain, owner)
    answered = reply_to_rating(actor=owner, rating_id=rating.pk, text="We heat now.", now=AFTER)
    assert (answered.reply, answered.replied_by, answered.replied_at) == ("We heat now.", owner, AFTER)
    assert reply_to_rating(actor=owner, rating_id=rating.pk, text="", now=AFTER).replied_by is None
    with pytest.raises(NotAllowedError):
        remove_rating(rating_id=rating.pk, actor=owner, reason="I do not like it", now=AFTER)
    with pytest.raises(NotAllowedError):
        show_rating(rating_id=rating.pk, actor=owner, reason="x", now=AFTER)
    other = make_user("other_owner")
    make_staff(make_chain("Other"), other)
    with pytest.raises(NotAllowedError):
        reply_to_rating(actor=other, rating_id=rating.pk, text="Mine", now=AFTER)


def test_a_reason_is_needed(session, moderator):
    rating = rate(session, attend(session, "ada"))
    assert refusal(remove_rating, rating_id=rating.pk, actor=moderator, reason=" ", now=AFTER) == "reason_needed"


def test_blocked_pair_does_not_read_each_other_and_the_average_stays(session):
    people = [attend(session, f"p{number}") for number in range(3)]
    for person in people:
        rate(session, person, 4, "Words")
    Block.objects.create(blocker=people[0], blocked=people[1], blocked_at=NOW)
    assert [rating.author for rating in ratings_shown(people[0]).order_by("pk")] == [people[0], people[2]]
    assert [rating.author for rating in ratings_shown(people[1]).order_by("pk")] == [people[1], people[2]]
    assert sums(session) == (3, 4.0)


def test_of_who_left_it_stays_without_a_name(session):
    rating = rate(session, attend(session, "ada"))
    SessionRating.objects.across_chains().filter(pk=rating.pk).update(author=None)
    assert [row.author for row in ratings_shown(make_user("ben"))] == [None]


def test_prompt_lists_what_was_attended_and_not_rated(session):
    ada = attend(session, "ada")
    asked = waiting_to_be_rated(ada, now=AFTER, since=AFTER - timedelta(days=14))
    assert [rsvp.session for rsvp in asked] == [session]
    assert list(waiting_to_be_rated(ada, now=session.ends_at - timedelta(minutes=1), since=NOW)) == []
    rate(session, ada)
    assert list(asked.all()) == []


def test_class_without_instructor_is_rated_too():
    session = make_session()
    rate(session, attend(session, "ada"))
    assert (sums(session)[0], InstructorRating.objects.count()) == (1, 0)


STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["rate", "edit", "hold", "remove", "show"]), st.integers(1, 5)),
    max_size=12,
)


@settings(max_examples=12, deadline=None)
@given(steps=STEPS)
def test_sums_equal_a_recount_whatever_happens(steps):
    """Any order of writing, changing, holding, removing and showing, over two classes of one instructor (N40)."""
    world = _world()
    for who, verb, stars in steps:
        _step(world, who, verb, stars)
        _expect_recount(world)


def _world():
    SessionRating.everything.all().delete()
    InstructorRating.objects.all().delete()
    if not ClassType.everything.exists():
        coach = make_user("coach_of_two")
        first = make_session(make_studio(make_chain("Two")), instructor=coach)
        second = make_session(
            first.studio, class_type=first.class_type, instructor=coach, starts_at=NOW + timedelta(days=1)
        )
        for index in range(4):
            make_rsvp((first, second)[index % 2], make_user(f"member{index}"), RsvpStatus.ATTENDED)
        boss = make_user("boss")
        type(boss).objects.filter(pk=boss.pk).update(is_superuser=True)
    ClassType.everything.update(rating_count=0, rating_average=None, rating_bayes=None)
    return list(_rsvps())


def _rsvps():
    return Rsvp.everything.select_related("session", "user").order_by("pk")


def _step(rsvps, who, verb, stars):
    rsvp = rsvps[who]
    rating = SessionRating.everything.filter(rsvp=rsvp).first()
    boss = type(rsvp.user).objects.get(handle="boss")
    calls = {
        "rate": lambda: rate_session(author=rsvp.user, session_id=rsvp.session_id, stars=stars, text="", now=AFTER),
        "edit": lambda: edit_rating(author=rsvp.user, session_id=rsvp.session_id, stars=stars, now=AFTER),
        "hold": lambda: hold_rating(rating_id=rating.pk if rating else 0, reason="report", now=AFTER),
        "remove": lambda: remove_rating(rating_id=rating.pk if rating else 0, actor=boss, reason="x", now=AFTER),
        "show": lambda: show_rating(rating_id=rating.pk if rating else 0, actor=boss, reason="x", now=AFTER),
    }
    with contextlib.suppress(ConflictError, SessionRating.DoesNotExist):
        calls[verb]()


def _expect_recount(rsvps):
    stars = list(SessionRating.everything.filter(state="visible").values_list("stars", flat=True))
    expected = (
        len(stars),
        round(sum(stars) / len(stars), 6) if len(stars) >= 3 else None,
        round((5 * 3.8 + sum(stars)) / (5 + len(stars)), 6) if stars else None,
    )
    kind = rsvps[0].session.class_type_id
    columns = ("rating_count", "rating_average", "rating_bayes")
    assert ClassType.everything.values_list(*columns).get(pk=kind) == expected
    assert InstructorRating.objects.values_list(*columns).first() in ({expected} if stars else {expected, None})
