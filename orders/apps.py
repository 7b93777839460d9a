from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        from accounts import export_parts  # noqa: PLC0415  app ready: it names models
        from classes import booking_doors  # noqa: PLC0415  app ready: beside what is registered there
        from influencers import insight_sources, page_sections  # noqa: PLC0415  app ready: it names models
        from influencers.views.studio_frame import add_place  # noqa: PLC0415  app ready: views need every model
        from orders.selectors.insight_columns import COLUMNS  # noqa: PLC0415  app ready: they name models
        from orders.services.booking import DOOR  # noqa: PLC0415  app ready: it names models
        from orders.services.own_data import PART  # noqa: PLC0415  app ready: it names models
        from orders.views.creator_codes import SECTION  # noqa: PLC0415  app ready: it names models

        booking_doors.register(DOOR)
        # Importing the module registers its checks.
        import_string("orders.checks.check_payment_settings")
        for column in COLUMNS:
            insight_sources.register(column)
        page_sections.register(SECTION)
        export_parts.register(PART)
        add_place("orders:codes", _("Codes"))
        add_place("orders:studio-links", _("Paid links"))
        add_place("orders:studio-earnings", _("Earnings"))
        add_place("orders:studio-payouts", _("Payouts"))
