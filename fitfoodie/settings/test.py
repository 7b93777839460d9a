"""For the suite: fast hashing, mail in memory, tasks run at commit. The databases are those of the environment."""

import tempfile
from pathlib import Path

from fitfoodie.settings.testing_redis import use_own_database

use_own_database()

from fitfoodie.settings.base import *  # noqa: E402, F403  settings are one namespace; the address comes first
from fitfoodie.settings.base import DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402

SECRET_KEY = "test-secret-key-that-signs-nothing-of-value-at-all"  # noqa: S105  a fixed key keeps test output stable
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
_UPLOADS = Path(tempfile.mkdtemp(prefix="fitfoodie-media-"))
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": {
        "BACKEND": "fitfoodie.common.storage.PrivateFileSystemStorage",
        "OPTIONS": {"location": _UPLOADS / "private"},
    },
}
MEDIA_ROOT = _UPLOADS / "public"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
# A pool would keep connections to the test database open while it is dropped.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)

INSTALLED_APPS = [*INSTALLED_APPS, "fitfoodie.demo"]
