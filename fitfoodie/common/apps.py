from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "fitfoodie.common"
    label = "common"
