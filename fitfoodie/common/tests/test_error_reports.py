"""Errors are reported only where the operator says, without personal data; a wrong address is named, not a crash."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent.parent
SCRIPT = """
import sentry_sdk
from fitfoodie.settings import observability
from fitfoodie.settings.env import env
client = sentry_sdk.get_client()
print(client.is_active(), client.options.get("send_default_pii"), sorted(env.problems))
"""


@pytest.mark.parametrize(
    ("dsn", "expected"),
    [
        ("", "False None []"),
        ("https://key@errors.invalid/1", "True False []"),
        ("errors.invalid", "False None ['SENTRY_DSN']"),
    ],
)
def test_reports_go_where_the_operator_says(dsn, expected):
    environment = os.environ | {"SENTRY_DSN": dsn}
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.stdout.strip() == expected, result.stderr
