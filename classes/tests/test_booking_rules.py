from decimal import Decimal

import pytest

from classes.models import Chain
from classes.policies import NAMES
from classes.selectors.booking_rules import above, in_words


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("late_cancel_minutes", 720, "12 h"),
        ("grace_minutes", 15, "15 min"),
        ("grace_minutes", 0, "0 min"),
        ("booking_opens_days", 1, "1 day"),
        ("late_cancel_fee", Decimal("7.5"), "CHF 7.50"),
        ("no_show_fee", Decimal(0), "no fee"),
        ("is_open_claim", True, "yes"),
        ("is_open_claim", False, "no"),
        ("min_participants", 0, "no minimum"),
        ("min_participants", 4, "4"),
        ("guaranteed_closes_minutes", None, "as other classes"),
    ],
)
def test_a_rule_in_words(name, value, words):
    assert in_words(name, value, "CHF") == words


def test_the_nearest_level_that_says_something_is_named():
    near, far = Chain(name="Near", grace_minutes=5), Chain(name="Far", grace_minutes=9, offer_minutes=30)

    found = above([near, far], currency="EUR")

    assert set(found) == set(NAMES)
    assert (found["grace_minutes"].text, found["grace_minutes"].source) == ("5 min", "Near")
    assert (found["offer_minutes"].text, found["offer_minutes"].source) == ("30 min", "Far")
    assert (found["check_in_opens_minutes"].text, found["check_in_opens_minutes"].source) == ("30 min", "")
