from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EventsConfig(AppConfig):
    name = "fitfoodie.events"
    label = "events"

    def ready(self) -> None:
        # Producers declare facts in events.py, consumers subscribe in receivers.py: all before the first request.
        autodiscover_modules("events")
        autodiscover_modules("receivers")
