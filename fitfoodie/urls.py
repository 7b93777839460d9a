"""Every address of the site, put together."""

from django.contrib import admin
from django.urls import include, path

from fitfoodie.common import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("accounts.urls")),
    path("", include("meals.urls")),
    path("accounts/", include("allauth.urls")),
    path("api/", include("fitfoodie.api")),
    path("admin/", admin.site.urls),
]
