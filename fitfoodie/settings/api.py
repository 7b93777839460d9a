"""The REST API: who may ask, how answers and errors are shaped."""

from fitfoodie.settings.env import env

# Oldest first: a caller that names none gets the first (API-2).
API_VERSIONS = ["2026-11-01"]
API_MAX_BODY_BYTES = env.int("API_MAX_BODY_BYTES", default=1024 * 1024)

# scope: quota/seconds. A scope with an `anonymous_` twin holds strangers, who are counted by address, to the twin.
# One limit is changed by API_RATE_LIMITS=read=1200/60,import=5/3600.
API_RATE_LIMITS = {
    "read": "1200/60",
    "anonymous_read": "600/60",
    "search": "300/60",
    "anonymous_search": "120/60",
    "write": "120/60",
    "anonymous_write": "30/60",
    "upload": "60/600",
    "import": "30/3600",
    "export": "20/3600",
    # Codes typed into carts, on pages and in the API together: nobody finds one out by trying (ORD-8).
    "promo_code": "20/600",
    "anonymous_promo_code": "10/600",
} | env.dict("API_RATE_LIMITS", default={})

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.AccessTokenAuthentication",
        "fitfoodie.common.api.authentication.PageSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["fitfoodie.common.api.rendering.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["fitfoodie.common.api.parsing.StrictJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["fitfoodie.common.api.throttling.ScopeThrottle"],
    "DEFAULT_VERSIONING_CLASS": "fitfoodie.common.api.versioning.DatedVersioning",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "fitfoodie.common.api.schema.AutoSchema",
    "EXCEPTION_HANDLER": "fitfoodie.common.api.exceptions.handle_exception",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "TEST_REQUEST_RENDERER_CLASSES": [
        "rest_framework.renderers.JSONRenderer",
        "rest_framework.renderers.MultiPartRenderer",
    ],
}

SPECTACULAR_SETTINGS = {
    "TITLE": "FitFoodie API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "DESCRIPTION": (
        "Meals, people and training, for apps. Errors are problem details (RFC 9457), lists are paged by cursor, "
        "limits are announced in `RateLimit` headers, and a POST with an `Idempotency-Key` has its effect once.\n\n"
        "Responses may gain fields and enumerations may gain values inside a version: ignore what you do not know."
    ),
    "DEFAULT_GENERATOR_CLASS": "fitfoodie.common.api.schema.Generator",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": False, "tryItOutEnabled": True},
    "PREPROCESSING_HOOKS": ["fitfoodie.common.api.schema.only_versioned_routes"],
    "POSTPROCESSING_HOOKS": [
        "fitfoodie.common.api.schema.declare_problems",
    ],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "accessToken": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
        }
    },
}
