from fitfoodie.settings.base import *  # noqa: F403  settings are one namespace
from fitfoodie.settings.env import env

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
STAFF_REQUIRE_MFA = env.bool("STAFF_REQUIRE_MFA", default=True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
