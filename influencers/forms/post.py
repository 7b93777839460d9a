"""What is typed into the composer, shaped into PostContent. What may be said is decided by `validators`."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.errors import DomainError
from influencers.content import PostContent
from influencers.validators import MAX_TEXT, clean_post
from meals.enums import Audience
from social.enums import WhoMayComment


class WallTimeField(forms.DateTimeField):
    """What clocks show, without a zone: which instant that is, the service says by the author's own zone."""

    def to_python(self, value: Any) -> datetime | None:
        """Read as if in UTC, which has every time of day once: Django refuses what the zone of the request skips."""
        with timezone.override(UTC):
            found: datetime | None = super().to_python(value)
        return found.replace(tzinfo=None) if found else None


class PostForm(forms.Form):
    """`version` is what the person saw when they began (REC-9); `meals` are those linked already, `meal` a further."""

    text = forms.CharField(
        label=_("Your post"),
        help_text=_("**bold**, _italic_, [a link](https://…), lists with “-”. The first line serves as its title."),
        max_length=MAX_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "true"}),
        error_messages={"required": _("Write something first.")},
    )
    meals = forms.MultipleChoiceField(
        label=_("Meals in this post"), required=False, widget=forms.CheckboxSelectMultiple
    )
    meal = forms.CharField(required=False, max_length=300)
    meal_slug = forms.CharField(required=False, max_length=140)
    audience = forms.ChoiceField(label=_("Who may see it"), choices=Audience.choices, initial=Audience.EVERYONE)
    who_may_comment = forms.ChoiceField(
        label=_("Who may comment"),
        choices=WhoMayComment.choices,
        initial=WhoMayComment.EVERYONE,
        help_text=_("You can change this later."),
    )
    scheduled_for = WallTimeField(
        label=_("Publish on"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, zone: str, linked: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        meals: Any = self.fields["meals"]
        meals.choices = linked
        self.fields["scheduled_for"].help_text = _("In your time zone, %(zone)s.") % {"zone": zone}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        is_untimed = "scheduled_for" not in self.errors and not cleaned.get("scheduled_for")
        if self.data.get("then") == "schedule" and is_untimed:
            self.add_error("scheduled_for", _("Say when it shall be published."))
        if not self.errors:
            self._check(cleaned)
        return cleaned

    def _check(self, cleaned: dict[str, Any]) -> None:
        """The rules of the house beside their field, before anything is saved."""
        try:
            clean_post(self.content(cleaned))
        except DomainError as error:
            self.add_error(error.field if error.field in self.fields else None, error.message)

    def content(self, cleaned: dict[str, Any] | None = None, *, added: str = "") -> PostContent:
        given = cleaned if cleaned is not None else self.cleaned_data
        return PostContent(
            text=given["text"],
            audience=given["audience"],
            who_may_comment=given["who_may_comment"],
            meals=(*given["meals"], *filter(None, [added])),
        )
