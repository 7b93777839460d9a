import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from fitfoodie.common.checks import check_deployment, check_environment, check_settings
from fitfoodie.settings.env import Environment, env

ROOT = Path(__file__).resolve().parent.parent.parent.parent


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SITE_URL", "eat.example.org", "common.E011"),
        ("SITE_URL", "ftp://eat.example.org", "common.E011"),
        ("DEFAULT_CURRENCY", "XXX", "common.E012"),
        ("LOG_FORMAT", "xml", "common.E013"),
        ("LOG_LEVEL", "LOUD", "common.E014"),
        ("TRUSTED_PROXY_COUNT", -1, "common.E015"),
        ("DATABASE_POOL_SIZE", 0, "common.E016"),
        ("REDIS_URL", "http://cache:6379", "common.E017"),
        ("SECURITY_CONTACT", "security@example.org", "common.E018"),
    ],
)
def test_wrong_setting_is_refused_with_its_id_and_a_way_out(settings, name, value, expected):
    setattr(settings, name, value)
    [found] = check_settings(None)
    assert found.id == expected
    assert found.hint


def test_right_settings_pass():
    assert check_settings(None) == []


def test_embedded_default_is_a_warning_for_deployment(settings):
    settings.REDIS_URL = ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    database = ["common.W020"] if connection.vendor == "sqlite" else []
    assert [m.id for m in check_deployment(None)] == [*database, "common.W021", "common.W022"]


@pytest.mark.parametrize(("cast", "value"), [("int", "eight"), ("bool", "perhaps")])
def test_value_of_the_wrong_kind_is_named_and_the_default_stands_in(monkeypatch, cast, value):
    reader = Environment()
    monkeypatch.setattr(reader, "ENVIRON", {"SOME_SETTING": value})
    assert getattr(reader, cast)("SOME_SETTING", default=0) == 0
    monkeypatch.setattr(env, "problems", reader.problems)
    [found] = check_environment(None)
    assert found.id == "common.E010"
    assert "SOME_SETTING" in found.msg
    assert value in found.msg


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("no", False), ("on", True), ("", False)])
def test_booleans(monkeypatch, value, expected):
    reader = Environment()
    monkeypatch.setattr(reader, "ENVIRON", {"SOME_SETTING": value})
    assert reader.bool("SOME_SETTING", default=False) is expected
    assert reader.problems == {}


def test_production_settings_pass_the_deployment_check():
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "fitfoodie.settings.production",
        "SECRET_KEY": "k7Rk2m-Zp0vVw3uQe9sT5xYb8nCd1fGh4jLa6oIi-0987654321-abcdefghij",
        "ALLOWED_HOSTS": "eat.example.org",
        "SITE_URL": "https://eat.example.org",
        "DATABASE_URL": "postgres://fitfoodie@db/fitfoodie",
        "REDIS_URL": "redis://cache:6379/0",
        "EMAIL_URL": "smtp://mail:25",
        "STRIPE_SECRET_KEY": "sk_test_of_the_check",
        "STRIPE_PUBLISHABLE_KEY": "pk_test_of_the_check",
        "STRIPE_WEBHOOK_SECRET": "whsec_of_the_check",
    }
    command = [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_production_without_a_secret_names_it():
    environment = {k: v for k, v in os.environ.items() if k != "SECRET_KEY"}
    environment["DJANGO_SETTINGS_MODULE"] = "fitfoodie.settings.production"
    result = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr.splitlines()[-1]
