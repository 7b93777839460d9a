from django.urls import URLPattern, URLResolver, path

from fitfoodie.moderation import views

app_name = "moderation"
urlpatterns: list[URLPattern | URLResolver] = [
    path("report/", views.report, name="report"),
    path("reports/", views.reports, name="reports"),
    path("reports/<str:public_id>/", views.receipt, name="receipt"),
]
