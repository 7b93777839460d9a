"""The REST API, put together: each app brings its own routes."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularJSONAPIView

from accounts.auth.app_sign_in import app_sign_in
from fitfoodie.common.api.docs import ProblemCatalogueView, RedocPage, RedocScriptView, SwaggerPage
from fitfoodie.common.api.jobs import JobView
from fitfoodie.common.api.views import UnknownPathView

v1: list[URLPattern | URLResolver] = [
    path("", include("accounts.api.urls")),
    path("", include("social.api.urls")),
    path("", include("meals.api.urls")),
    path("", include("influencers.api.urls")),
    path("", include("classes.api.urls")),
    path("", include("orders.api.urls")),
    path("", include("matching.api.urls")),
    path("", include("chat.api.urls")),
    path("", include("fitfoodie.notifications.api.urls")),
    path("", include("fitfoodie.search.api.urls")),
    path("", include("fitfoodie.moderation.api.urls")),
    path("jobs/<slug:job_id>", JobView.as_view(), name="job"),
    path("openapi.json", SpectacularJSONAPIView.as_view(versioning_class=None), name="openapi"),
]

urlpatterns = [
    path("v1/", include((v1, "v1"))),
    path("auth/app/v1/auth/login", app_sign_in),
    path("auth/", include("allauth.headless.urls")),
    path("schema/", SpectacularAPIView.as_view(versioning_class=None), name="schema"),
    path("docs/", SwaggerPage.as_view(url_name="schema"), name="api-docs"),
    path("redoc/", RedocPage.as_view(url_name="schema"), name="api-redoc"),
    path("redoc/redoc.js", RedocScriptView.as_view(), name="api-redoc-script"),
    path("problems", ProblemCatalogueView.as_view(), name="problems"),
    path("problems/<str:code>", ProblemCatalogueView.as_view(), name="problem"),
    re_path(r"", UnknownPathView.as_view()),
]
