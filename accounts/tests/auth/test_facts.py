"""The exact payload of each fact of getting in."""

import dataclasses

import pytest

from accounts import events


@pytest.mark.parametrize(
    ("payload", "data"),
    [
        (events.UserJoined(user_id=1, method="email"), {"user_id": 1, "method": "email"}),
        (events.EmailVerified(user_id=1), {"user_id": 1}),
        (events.SessionStarted(user_id=1, is_new_device=True), {"user_id": 1, "is_new_device": True}),
        (
            events.SessionsEnded(user_id=1, session_hashes=["a"], reason="signed_out"),
            {"user_id": 1, "session_hashes": ["a"], "reason": "signed_out"},
        ),
        (events.PasswordChanged(user_id=1, is_reset=False), {"user_id": 1, "is_reset": False}),
        (events.TokenReused(user_id=1), {"user_id": 1}),
    ],
)
def test_payload(payload, data):
    assert dataclasses.asdict(payload) == data
