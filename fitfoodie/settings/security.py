"""Headers, hosts and proxies."""

from typing import Any

from csp.constants import NONCE, NONE, SELF

from fitfoodie.settings.accounts import PROVIDER_ORIGINS
from fitfoodie.settings.env import env

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# How many proxies of ours stand in front: the client address is read that many hops from the right (SEC-5).
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

CONTENT_SECURITY_POLICY: dict[str, dict[str, list[Any]]] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *PROVIDER_ORIGINS],
        "frame-ancestors": [NONE],
    },
}
# Where to report a vulnerability, published at /.well-known/security.txt: a mailto: or https: address.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# Requests to addresses that members name (imports, webhooks) go to the public internet alone (REC-5). Opening private
# networks is for an operator whose recipes or receivers live there, and hands that network to every member.
OUTGOING_HTTP_ALLOW_PRIVATE = env.bool("OUTGOING_HTTP_ALLOW_PRIVATE", default=False)
OUTGOING_HTTP_PORTS = [int(port) for port in env.list("OUTGOING_HTTP_PORTS", default=["80", "443"])]
