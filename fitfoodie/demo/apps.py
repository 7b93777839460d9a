from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Installed in development and for the suite only: its people have a password that everybody knows."""

    name = "fitfoodie.demo"
    label = "demo"
