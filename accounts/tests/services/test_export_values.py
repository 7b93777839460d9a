"""Every value that a column or a part of the download can hold, as JSON knows it (GDP-1)."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy

from accounts.services.export import plain


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (frozenset({"b", "a"}), ["a", "b"]),
        (datetime(2026, 6, 15, 6, tzinfo=UTC), "2026-06-15T06:00:00+00:00"),
        (date(2026, 6, 15), "2026-06-15"),
        (Decimal("1.50"), "1.50"),
        (UUID(int=0), "00000000-0000-0000-0000-000000000000"),
        (b"\x01\xff", "01ff"),
        (memoryview(b"\x01\xff"), "01ff"),
        (gettext_lazy("Running"), "Running"),
        (3, 3),
    ],
)
def test_value_is_as_json_knows_it(value, shown):
    assert json.loads(json.dumps({"value": value}, default=plain)) == {"value": shown}
    assert plain(value) == shown
