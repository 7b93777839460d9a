"""The REST API, put together: each app brings its own routes."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

v1 = [
    path("", include("accounts.api.urls")),
    path("", include("meals.api.urls")),
]

urlpatterns = [
    path("v1/", include((v1, "v1"))),
    path("auth/", include("allauth.headless.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="api-docs"),
]
