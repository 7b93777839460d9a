from django.apps import AppConfig
from django.utils.module_loading import import_string


class CommonConfig(AppConfig):
    name = "fitfoodie.common"
    label = "common"

    def ready(self) -> None:
        # Importing the modules registers their checks.
        import_string("fitfoodie.common.checks.check_settings")
        import_string("fitfoodie.common.images.checks.check_photo_settings")
