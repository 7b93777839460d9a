from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "fitfoodie.search"
    label = "search"
