import pytest

from fitfoodie.events import registry


def test_event_declared_twice_is_refused(monkeypatch):
    monkeypatch.setattr(registry, "_types", {})
    monkeypatch.setattr(registry, "_names_by_payload", {})

    @registry.event("tests.thing.done", label="Thing done")
    class ThingDone:
        thing_id: int

    assert registry.type_of(ThingDone(thing_id=1)).name == "tests.thing.done"
    with pytest.raises(registry.DuplicateRegistrationError):
        registry.event("tests.thing.done", label="Again")(type("Other", (), {}))


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("meals.meal.published", "meals.meal.published", True),
        ("meals.meal.*", "meals.meal.published", True),
        ("meals.*", "meals.meal.published", True),
        ("meals.meal.*", "meals.mealplan.made", False),
        ("meals.meal", "meals.meal.published", False),
    ],
)
def test_subscription_matches(pattern, name, expected):
    subscription = registry.Subscription(pattern=pattern, consumer="tests", enqueue=lambda event_id: None)
    assert subscription.matches(name) is expected


def test_same_consumer_twice_on_a_pattern_is_refused(monkeypatch):
    monkeypatch.setattr(registry, "_subscriptions", [])
    registry.subscribe("a.*", consumer="tests", enqueue=lambda event_id: None)
    with pytest.raises(registry.DuplicateRegistrationError):
        registry.subscribe("a.*", consumer="tests", enqueue=lambda event_id: None)
