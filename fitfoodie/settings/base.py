"""What every environment shares. Each line that an operator may change is read from the environment."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from fitfoodie.settings.accounts import *  # noqa: F403  one topic a file, one namespace for Django
from fitfoodie.settings.admin import *  # noqa: F403
from fitfoodie.settings.affiliate import *  # noqa: F403
from fitfoodie.settings.api import *  # noqa: F403
from fitfoodie.settings.community import *  # noqa: F403
from fitfoodie.settings.env import BASE_DIR, env
from fitfoodie.settings.jobs import *  # noqa: F403
from fitfoodie.settings.observability import *  # noqa: F403
from fitfoodie.settings.orders import *  # noqa: F403
from fitfoodie.settings.payments import *  # noqa: F403
from fitfoodie.settings.photos import *  # noqa: F403
from fitfoodie.settings.search import *  # noqa: F403
from fitfoodie.settings.security import *  # noqa: F403
from fitfoodie.settings.security import CONTENT_SECURITY_POLICY
from fitfoodie.settings.site import *  # noqa: F403
from fitfoodie.settings.storage import *  # noqa: F403
from fitfoodie.settings.storage import MEDIA_ORIGINS
from fitfoodie.settings.training import *  # noqa: F403

VAR_DIR = Path(env.str("FITFOODIE_VAR", default=str(BASE_DIR / "var")))

SITE_NAME = env.str("SITE_NAME", default="FitFoodie")
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")

INSTALLED_APPS = [
    "daphne",
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.apple",
    "allauth.socialaccount.providers.facebook",
    "allauth.socialaccount.providers.google",
    "allauth.usersessions",
    "channels",
    "csp",
    "django_cotton",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "djmoney",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "fitfoodie.common",
    "fitfoodie.events",
    "fitfoodie.search",
    "accounts",
    "social",
    "meals",
    "influencers",
    "classes",
    "orders",
    "matching",
    "chat",
    "fitfoodie.moderation",
    "fitfoodie.notifications",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "fitfoodie.common.middleware.request_id.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "fitfoodie.common.backoffice.BackOfficePolicyMiddleware",
    "fitfoodie.common.middleware.private_pages.PrivatePagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.preferences_middleware.PreferencesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.RetryAfterMiddleware",
    "accounts.middleware.SignInBodyMiddleware",
    "orders.middleware.ClickBindingMiddleware",
    "accounts.middleware.LastSeenMiddleware",
    "accounts.middleware.StaffMfaMiddleware",
    "influencers.middleware.CountViewsMiddleware",
    "classes.middleware.BrandMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "fitfoodie.urls"
WSGI_APPLICATION = "fitfoodie.wsgi.application"
ASGI_APPLICATION = "fitfoodie.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "fitfoodie.common.context_processors.site",
                "accounts.context_processors.verification",
                "orders.context_processors.cart_badge",
            ],
        },
    },
]
FORM_RENDERER = "fitfoodie.common.form_rendering.FormRenderer"
# A component sees what it is given and what context processors give, never a stray variable of the page around it.
COTTON_ISOLATE_BY_DEFAULT = True

# Connections come from a pool per process, so that no burst of clients opens more than the pool holds.
DATABASE_POOL_SIZE = env.int("DATABASE_POOL_SIZE", default=8)
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": DATABASE_POOL_SIZE, "timeout": 20},
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

LANGUAGE_CODE = "en"
# Only what is translated whole is offered; what a recipe is written in is another matter (docs/translations.md).
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "fitfoodie.formats"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]

DEFAULT_CURRENCY = env.str("DEFAULT_CURRENCY", default="EUR")
CURRENCIES = env.list("CURRENCIES", default=["EUR", "USD", "GBP", "CHF", "CNY"])
# What creators may give away on their own meals without asking staff.
CREATOR_CODE_MAX_PERCENT = env.int("CREATOR_CODE_MAX_PERCENT", default=50)

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="FitFoodie <hello@localhost>")

CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].extend(MEDIA_ORIGINS)
