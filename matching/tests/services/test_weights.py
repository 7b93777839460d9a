import pytest

from accounts.tests.factories import UserFactory
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.models import Event
from matching.models import WeightSet
from matching.recommender.base import Weights
from matching.selectors.weights import current_weights
from matching.services.learning import reset_learning
from matching.services.weights import set_weights, weights_from
from matching.tests.factories import NOW, make_fitness, make_user

pytestmark = pytest.mark.django_db
NEAR = Weights(10, 20, 40, 20, 10)


@pytest.fixture
def admin():
    return UserFactory(is_superuser=True, is_staff=True)


def test_without_any_the_settings_hold():
    assert current_weights() == Weights(20, 25, 20, 25, 10)


def test_the_newest_hold(admin):
    set_weights(actor=admin, weights=NEAR, reason="People ask for near", now=NOW)
    made = set_weights(actor=admin, weights=Weights(20, 20, 20, 20, 20), reason="Back", now=NOW)
    assert current_weights() == Weights(20, 20, 20, 20, 20)
    event = Event.objects.get(name="matching.weights.changed", subject_id=str(made.pk))
    assert event.data == {"weights_id": made.pk}
    assert WeightSet.objects.count() == 2


def test_a_stranger_may_not():
    with pytest.raises(NotAllowedError):
        set_weights(actor=make_user("maya"), weights=NEAR, reason="Mine", now=NOW)
    assert not WeightSet.objects.exists()


def test_a_reason_is_needed(admin):
    with pytest.raises(DomainError) as caught:
        set_weights(actor=admin, weights=NEAR, reason="  ", now=NOW)
    assert (caught.value.code, caught.value.field) == ("reason_missing", "reason")


def test_points_that_do_not_make_a_hundred_say_what_they_make():
    points = {"level": 20, "interests": 20, "location": 20, "schedule": 20, "history": 10}
    with pytest.raises(DomainError, match="make 90") as caught:
        weights_from(points)
    assert caught.value.code == "weights_sum"
    assert weights_from(points | {"history": 20}) == Weights(20, 20, 20, 20, 20)


def test_reset_is_a_fact_and_forgets_nothing_said():
    profile = make_fitness(make_user("maya"))
    assert reset_learning(user=profile.user, now=NOW).learning_from == NOW
    event = Event.objects.get(name="matching.learning.reset")
    assert (event.data, event.actor_id) == ({"user_id": profile.user_id}, profile.user_id)


def test_reset_of_nothing_is_nothing():
    assert reset_learning(user=make_user("leo"), now=NOW) is None
    assert not Event.objects.filter(name="matching.learning.reset").exists()
