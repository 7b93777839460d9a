"""Every address of the site, put together."""

from django.contrib import admin
from django.urls import include, path

from accounts.views import device
from fitfoodie.common import media, views
from fitfoodie.common.health import views as health
from fitfoodie.common.jobs import views as jobs

urlpatterns = [
    path("", views.home, name="home"),
    path("theme", device.set_theme, name="theme"),
    path("design/", views.design, name="design"),
    path("design/suggestions", views.design_suggestions, name="design-suggestions"),
    path("i18n/setlang/", device.set_language, name="set_language"),
    path("media/<path:path>", media.public_file, name="public-file"),
    path("private/<str:token>", media.private_file, name="private-file"),
    path("", include("accounts.urls")),
    path("", include("meals.urls")),
    path("accounts/", include("allauth.urls")),
    path("jobs/<slug:public_id>/", jobs.job_detail, name="job-detail"),
    path("jobs/<slug:public_id>/cancel", jobs.job_cancel, name="job-cancel"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("api/", include("fitfoodie.api")),
    path("admin/", admin.site.urls),
]

handler500 = "fitfoodie.common.views.server_error"
