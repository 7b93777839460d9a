from django.urls import URLPattern, URLResolver

from social import feed_urls, graph_urls, reaction_urls

app_name = "social"
urlpatterns: list[URLPattern | URLResolver] = [
    *feed_urls.urlpatterns,
    *graph_urls.urlpatterns,
    *reaction_urls.urlpatterns,
]
