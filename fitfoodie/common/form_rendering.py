"""How every form of the site is drawn: templates/django/forms, and focus on the first wrong field."""

from typing import Any

from django.forms import Widget
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting


class FocusingBoundField(BoundField):
    """After a failed submission the first wrong field takes the focus, whichever field asks for it otherwise."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        if self.form.is_bound and self.form.errors:
            built["autofocus"] = self.name == self._first_wrong_name()
        return built

    def _first_wrong_name(self) -> str | None:
        return next((name for name in self.form.fields if name in self.form.errors), None)


class FormRenderer(TemplatesSetting):
    bound_field_class = FocusingBoundField
