from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import LinesField
from accounts.models import User
from accounts.validators import MAX_LINKS
from influencers.enums import Accent
from influencers.models import Collection, CreatorPage
from influencers.models.page import MAX_ABOUT
from influencers.validators import MAX_COLLECTION_MEALS
from meals.models import Meal


class PageForm(forms.Form):
    headline = forms.CharField(
        label=_("Headline"), max_length=140, required=False, help_text=_("One line: what you stand for.")
    )
    bio = forms.CharField(
        label=_("About me"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    about = forms.CharField(
        label=_("About my work"),
        max_length=MAX_ABOUT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("**bold**, _italic_, lists with - and [links](https://…) work. Blank lines make paragraphs."),
    )
    links = LinesField(
        label=_("Links"),
        max_length=1100,
        required=False,
        help_text=_("One address a line, up to %(count)d, each beginning with https://") % {"count": MAX_LINKS},
    )
    accent = forms.ChoiceField(label=_("Colour of your page"), choices=Accent.choices, widget=forms.RadioSelect)

    @staticmethod
    def initial_of(user: User, page: CreatorPage) -> dict[str, Any]:
        own = {name: getattr(page, name) for name in ("headline", "about", "accent")}
        return own | {"bio": user.profile.bio, "links": user.profile.links}


class CollectionForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    description = forms.CharField(
        label=_("Description"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_public = forms.BooleanField(label=_("Show it on my page"), required=False, initial=True)


class CollectionMealsForm(CollectionForm):
    """With the meals, chosen by giving each its place; an empty place leaves the meal out."""

    position = forms.IntegerField(
        label=_("Place among your collections"), min_value=0, max_value=999, required=False, initial=0
    )

    def __init__(self, *args: Any, meals: list[Meal], places: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meals = meals
        for meal in meals:
            self.fields[f"place_{meal.pk}"] = forms.IntegerField(
                label=meal.title,
                required=False,
                min_value=1,
                max_value=MAX_COLLECTION_MEALS * 10,
                initial=places.get(meal.pk),
            )

    def places(self) -> list[Any]:
        """The bound fields of the meals, for the template."""
        return [self[f"place_{meal.pk}"] for meal in self.meals]

    def changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen = [(data[f"place_{meal.pk}"], meal.slug) for meal in self.meals if data[f"place_{meal.pk}"]]
        own = {name: data[name] for name in ("title", "description", "is_public")}
        return own | {"position": data["position"] or 0, "meals": [slug for _place, slug in sorted(chosen)]}

    @staticmethod
    def initial_of(collection: Collection) -> dict[str, Any]:
        return {name: getattr(collection, name) for name in ("title", "description", "is_public", "position")}
