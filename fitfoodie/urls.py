"""Every address of the site, put together."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path

from accounts.views import device
from classes.sitemap import SessionSitemap, StudioSitemap
from fitfoodie.common import media, views, well_known
from fitfoodie.common.health import views as health
from fitfoodie.common.jobs import views as jobs
from influencers.sitemap import PostSitemap
from meals.sitemap import MealSitemap
from meals.views.home import home

# The back office is entered through the same page, limits and second factor as everything else (SEC-5).
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

SITEMAPS = {"meals": MealSitemap, "posts": PostSitemap, "studios": StudioSitemap, "classes": SessionSitemap}
SITEMAP_SECTION = "django.contrib.sitemaps.views.sitemap"  # the name by which the index finds its sections

urlpatterns = [
    path("", home, name="home"),
    path("theme", device.set_theme, name="theme"),
    *[
        path(f"legal/{page}/", views.legal, {"page": page}, name=page)
        for page in ("terms", "privacy", "imprint", "guidelines")
    ],
    path("design/", views.design, name="design"),
    path("design/suggestions", views.design_suggestions, name="design-suggestions"),
    path("i18n/setlang/", device.set_language, name="set_language"),
    path("media/<path:path>", media.public_file, name="public-file"),
    path("private/<str:token>", media.private_file, name="private-file"),
    path("", include("accounts.urls")),
    path("", include("social.urls")),
    path("", include("meals.urls")),
    path("", include("influencers.urls")),
    path("", include("classes.urls")),
    path("", include("orders.urls")),
    path("", include("matching.urls")),
    path("", include("chat.urls")),
    path("", include("fitfoodie.notifications.urls")),
    path("", include("fitfoodie.search.urls")),
    path("", include("fitfoodie.moderation.urls")),
    path("accounts/", include("accounts.auth.urls")),
    path("accounts/", include("allauth.urls")),
    path("jobs/<slug:public_id>/", jobs.job_detail, name="job-detail"),
    path("jobs/<slug:public_id>/cancel", jobs.job_cancel, name="job-cancel"),
    path("robots.txt", well_known.robots_txt, name="robots-txt"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name=SITEMAP_SECTION),
    path(".well-known/security.txt", well_known.security_txt, name="security-txt"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("api/", include("fitfoodie.api")),
    path("admin/", admin.site.urls),
]

handler429 = "accounts.auth.too_many.too_many_requests"
handler500 = "fitfoodie.common.views.server_error"
