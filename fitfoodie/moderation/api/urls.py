from django.urls import URLPattern, URLResolver, path

from fitfoodie.moderation.api.views import ReportsView, ReportView

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports", ReportsView.as_view(), name="reports"),
    path("reports/<str:public_id>", ReportView.as_view(), name="report"),
]
