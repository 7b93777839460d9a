from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import autodiscover_modules

from fitfoodie.search.checks import check_engine


class SearchConfig(AppConfig):
    name = "fitfoodie.search"
    label = "search"

    def ready(self) -> None:
        checks.register(check_engine)
        # Domains register their indexes in search.py: all before the first request.
        autodiscover_modules("search")
