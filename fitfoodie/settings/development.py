from fitfoodie.settings.base import *  # noqa: F403  settings are one namespace
from fitfoodie.settings.base import INSTALLED_APPS, STORAGES
from fitfoodie.settings.env import env

# Off unless asked for: the pages of the product are what `make run` shows, its error pages included.
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="development-only-secret-key-that-signs-nothing-of-value")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
# Passkeys are tried out on http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
SITE_GALLERY = True

# People with a password that everybody knows: never outside development.
INSTALLED_APPS = [*INSTALLED_APPS, "fitfoodie.demo"]
