"""Deciding: claim, outcome and statement, release, refusals (MOD-3, MOD-4, MOD-7)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.moderation.models import Case
from fitfoodie.moderation.services.decide import CLAIM_HOLDS, outcomes_for, take_case
from fitfoodie.moderation.targets import KINDS
from influencers.content import PostContent
from influencers.services.post_life import publish_post
from influencers.services.posts import write_post
from meals.services.lifecycle import archive_meal, restore_meal
from social.models import Comment
from social.services.comment import delete_comment
from social.services.comment_care import hide_comment, show_comment


def take(case, actor, **later):
    return take_case(case_id=case.pk, actor=actor, now=timezone.now() + timedelta(**later))


def test_taking_down_says_why_and_answers_every_report_in_one_go(file, decide, eve, ada, sam, mod, comment, said):
    first, second = file(eve, "comment", comment), file(ada, "comment", comment, "hate")
    before = len(said())
    case = decide(first.case, mod, answer="Thank you.")
    comment.refresh_from_db()
    assert (comment.hidden_by, comment.hidden_because) == (mod, "It advertises.")
    assert (case.state, case.outcome, case.ground, case.reason, case.answer, case.decided_by) == (
        "decided",
        "removed",
        "spam",
        "It advertises.",
        "Thank you.",
        mod,
    )
    assert said()[before:] == [
        (
            "moderation.case.decided",
            {
                "case_id": case.pk,
                "target_type": "social.comment",
                "target_id": comment.pk,
                "owner_id": sam.pk,
                "outcome": "removed",
                "ground": "spam",
                "reason": "It advertises.",
                "is_automated": False,
            },
            mod,
        ),
        *[
            ("moderation.report.decided", {"report_id": each.pk, "case_id": case.pk, "outcome": "removed"}, mod)
            for each in (first, second)
        ],
    ]


def test_each_kind_is_taken_down_by_its_own_service(file, decide, eve, mod, ada, soup, review):
    post = write_post(author=ada, content=PostContent(text="Hello"), now=timezone.now())
    publish_post(post_id=post.pk, actor=ada, now=timezone.now())
    for kind, row in (("meal", soup), ("post", post), ("review", review)):
        decide(file(eve, kind, row).case, mod)
        row.refresh_from_db()
    assert (soup.status, soup.taken_down_reason) == ("archived", "It advertises.")
    assert (post.status, post.taken_down_reason) == ("archived", "It advertises.")
    assert review.hidden_at is not None


def test_a_meal_its_creator_put_away_does_not_come_back(file, decide, eve, mod, ada, soup):
    case = file(eve, "meal", soup).case
    archive_meal(meal_id=soup.pk, actor=ada, now=timezone.now())
    decide(case, mod)
    with pytest.raises(NotAllowedError) as caught:
        restore_meal(meal_id=soup.pk, actor=ada, now=timezone.now())
    assert caught.value.code == "taken_down"


def test_what_the_owner_of_the_page_hid_stays_hidden_by_decision(file, decide, eve, mod, ada, soup, comment):
    case = file(eve, "comment", comment).case
    hide_comment(comment_id=comment.pk, actor=ada, now=timezone.now())
    decide(case, mod)
    with pytest.raises(NotAllowedError):
        show_comment(comment_id=comment.pk, actor=ada, now=timezone.now())
    soup.refresh_from_db()
    assert soup.comment_count == 0


@pytest.mark.parametrize("kind", ["comment", "review"])
@pytest.mark.parametrize(("outcome", "is_back"), [("no_action", True), ("warned", True), ("removed", False)])
def test_what_was_hidden_meanwhile_comes_back_unless_it_is_taken_down(
    file, decide, old_hand, mod, soup, request, kind, outcome, is_back
):
    row = request.getfixturevalue(kind)
    for handle in ("one", "two", "three"):
        case = file(old_hand(handle), kind, row).case
    decide(case, mod, outcome)
    row.refresh_from_db()
    soup.refresh_from_db()
    assert (row.hidden_at is None) is is_back
    assert soup.comment_count + soup.rating_count == int(is_back)


@pytest.mark.parametrize("outcome", ["removed", "no_action"])
def test_a_comment_its_author_took_back_can_only_be_left_or_its_author_warned(
    file, decide, old_hand, mod, sam, comment, outcome
):
    for handle in ("one", "two", "three"):
        case = file(old_hand(handle), "comment", comment).case
    delete_comment(comment_id=comment.pk, author=sam, now=timezone.now())
    if outcome == "removed":
        with pytest.raises(ConflictError) as caught:
            decide(case, mod, outcome)
        assert caught.value.code == "target_gone"
        assert Case.objects.get().state == "open"
        return
    assert decide(case, mod, outcome).is_decided is True


def test_suspending_is_for_those_who_may_and_all_or_nothing(file, decide, eve, sam, mod, boss):
    case = file(eve, "person", sam, "harassment").case
    with pytest.raises(NotAllowedError):
        decide(case, mod, "suspended", ground="harassment")
    assert (Case.objects.get().state, User.objects.get(pk=sam.pk).is_active) == ("open", True)
    assert decide(case, boss, "suspended", ground="harassment").outcome == "suspended"
    assert User.objects.get(pk=sam.pk).is_active is False


def test_a_case_whose_owner_is_gone_suspends_nobody(file, decide, eve, sam, boss):
    case = file(eve, "person", sam).case
    Case.objects.update(owner=None)
    with pytest.raises(ConflictError) as caught:
        decide(case, boss, "suspended")
    assert caught.value.code == "target_gone"


def test_people_are_not_taken_down(file, decide, eve, sam, mod):
    case = file(eve, "person", sam).case
    assert outcomes_for(case) == ["no_action", "warned", "suspended"]
    with pytest.raises(DomainError) as caught:
        decide(case, mod, "removed")
    assert caught.value.field == "outcome"


@pytest.mark.parametrize(
    ("said", "field"), [({"reason": "  "}, "reason"), ({"ground": ""}, "ground"), ({"reason": "x" * 501}, "reason")]
)
def test_no_statement_no_action(file, decide, eve, mod, comment, said, field):
    case = file(eve, "comment", comment).case
    with pytest.raises(DomainError) as caught:
        decide(case, mod, **said)
    assert (caught.value.field, Comment.objects.get().hidden_at) == (field, None)


def test_one_moderator_at_a_time_and_the_second_is_told_who(file, decide, eve, mod, mia, comment, said):
    case = file(eve, "comment", comment).case
    assert take(case, mod).state == "in_review"
    take(case, mod)
    for attempt in (lambda: take(case, mia), lambda: decide(case, mia)):
        with pytest.raises(ConflictError) as caught:
            attempt()
        assert (caught.value.code, caught.value.message) == ("claimed", "Mod is looking at it.")
    assert said("moderation.case.taken") == [("moderation.case.taken", {"case_id": case.pk}, mod)]
    minutes = CLAIM_HOLDS.total_seconds() / 60 + 1
    assert take(case, mia, minutes=minutes).claimed_by == mia
    decide(case, mia)
    with pytest.raises(ConflictError) as caught:
        decide(case, mod)
    assert (caught.value.code, caught.value.message) == ("already_decided", "Mia decided it already: Taken down.")


def test_nobody_decides_for_themselves_or_above_themselves_and_each_attempt_is_kept(
    file, decide, eve, ada, mod, mia, boss, soup, said
):
    own = file(eve, "person", mod).case
    reported = file(mod, "meal", soup).case
    above = file(eve, "person", boss).case
    plain = file(ada, "person", eve).case
    for case, actor in ((own, mod), (reported, mod), (above, mod), (plain, eve)):
        with pytest.raises(NotAllowedError):
            take(case, actor)
        with pytest.raises(NotAllowedError):
            decide(case, actor, "warned")
    expected = [
        ("moderation.case.refused", {"case_id": case.pk, "attempt": attempt, "because": because}, actor)
        for case, because, actor in (
            (own, "own", mod),
            (reported, "reporter", mod),
            (above, "rank", mod),
            (plain, "permission", eve),
        )
        for attempt in ("take", "decide")
    ]
    assert said("moderation.case.refused") == expected
    assert set(Case.objects.values_list("state", flat=True)) == {"open"}
    assert decide(own, mia, "warned").is_decided is True


def test_nothing_of_the_owner_learns_who_reported(file, decide, eve, mod, comment, said):
    """No payload but that of the receipt leads to the reporter, and that by its actor alone (MOD-2)."""
    report = file(eve, "comment", comment)
    decide(report.case, mod)
    for _name, data, _actor in said():
        assert eve.pk not in [value for key, value in data.items() if key.endswith(("reporter_id", "user_id"))]
    assert [actor for _name, _data, actor in said()] == [eve, mod, mod]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_declared_whole(kind):
    target = KINDS[kind]
    assert (target.name, (target.hold is None) == (target.release is None)) == (target.model._meta.label_lower, True)
