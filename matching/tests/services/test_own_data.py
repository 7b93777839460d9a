import pytest

from matching.models import Match, MatchAction
from matching.services.own_data import PART
from matching.tests.factories import NOW, make_fitness, make_user
from social.models import Block

pytestmark = pytest.mark.django_db


def test_the_download_holds_ones_own_and_nobody_one_is_blocked_from():
    ana, kim, leo, max_ = (make_fitness(make_user(name)).user for name in ("ana", "kim", "leo", "max"))
    for target in (kim, leo):
        MatchAction.objects.create(actor=ana, target=target, verb="like", acted_at=NOW)
    MatchAction.objects.create(actor=kim, target=ana, verb="like", acted_at=NOW)
    Match.objects.create(low=ana, high=kim, matched_at=NOW)
    Match.objects.create(low=ana, high=max_, matched_at=NOW)
    Block.objects.create(blocker=leo, blocked=ana, blocked_at=NOW)
    profile, actions, matches = PART.documents(ana)
    assert profile.rows[0]["Sports"] == "Running: Intermediate"
    assert profile.rows[0]["Shown as"] == "Zürich, Switzerland"
    assert [row["Who"] for row in actions.rows] == [str(kim)]
    assert [row["With"] for row in matches.rows] == [str(kim), str(max_)]
    assert [row["With"] for row in PART.documents(kim)[2].rows] == [str(ana)]
    assert list(PART.media(ana)) == []
