"""Every address of the site, put together."""

from django.contrib import admin
from django.urls import include, path

from fitfoodie.common import views

urlpatterns = [
    path("", views.home, name="home"),
    path("theme", views.set_theme, name="theme"),
    path("design/", views.design, name="design"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("accounts.urls")),
    path("", include("meals.urls")),
    path("accounts/", include("allauth.urls")),
    path("api/", include("fitfoodie.api")),
    path("admin/", admin.site.urls),
]
