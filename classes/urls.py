from django.urls import URLPattern, URLResolver, path

from classes.views import chain

app_name = "classes"
urlpatterns: list[URLPattern | URLResolver] = [
    path("host/", chain.host, name="host"),
    path("host/<slug:chain>/", chain.host_chain, name="host-chain"),
]
