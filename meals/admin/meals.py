from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import display

from fitfoodie.common.backoffice import ReadOnlyAdmin, carried_out
from fitfoodie.common.reasons import ActingMixin, reasoned_action
from meals import services
from meals.models import IngredientLine, Meal, MealImport, Tag


def _archive(meal: Meal, actor: Any, reason: str, now: datetime) -> object:
    return services.archive_meal(meal_id=meal.pk, actor=actor, now=now, reason=reason)


def _unpublish(meal: Meal, actor: Any, reason: str, now: datetime) -> object:
    return services.unpublish_meal(meal_id=meal.pk, actor=actor, now=now, reason=reason)


def _restore(meal: Meal, actor: Any, reason: str, now: datetime) -> object:
    return services.restore_meal(meal_id=meal.pk, actor=actor, now=now, reason=reason)


class LineInline(TabularInline):
    """What was understood of each line, and why it does not count."""

    model = IngredientLine
    fields = ["position", "text", "quantity", "unit", "food_name", "food", "grams", "unknown_reason"]
    readonly_fields = fields
    extra = 0
    can_delete = False
    tab = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> "QuerySet[IngredientLine]":
        return super().get_queryset(request).select_related("food")  # type: ignore[no-any-return]


@admin.register(Meal)
class MealAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["title", "creator", "status", "audience", "known", "rating", "save_count", "published_at"]
    list_filter = ["status", "audience", "has_complete_traits", "nutrition_source", "language"]
    list_select_related = ["creator"]
    search_fields = ["title", "slug", "=public_id", "creator__handle", "creator__email"]
    search_help_text = _("Title, address, id, creator")
    date_hierarchy = "published_at"
    ordering = ["-id"]
    fields = [
        ("title", "slug", "public_id"),
        ("creator", "status", "audience"),
        ("published_at", "scheduled_for", "version"),
        "summary",
        ("servings", "minutes", "price"),
        ("calories", "protein_g", "nutrition_source"),
        ("diets", "allergens", "has_complete_traits"),
        ("rating", "save_count", "known"),
        ("source_url", "source_author", "source_licence"),
    ]
    readonly_fields = [name for row in fields for name in (row if isinstance(row, tuple) else (row,))]
    inlines = [LineInline]
    actions = [
        reasoned_action("archive", _("Archive with a reason"), _archive),
        reasoned_action("unpublish", _("Take back to draft with a reason"), _unpublish),
        reasoned_action("restore", _("Put back as a draft with a reason"), _restore),
        "recompute",
    ]

    @display(description=_("ingredients known"))
    def known(self, meal: Meal) -> str:
        return f"{meal.ingredients_known} / {meal.ingredients_total}"

    @display(description=_("rating"), ordering="rating_average")
    def rating(self, meal: Meal) -> str:
        return f"{meal.rating_average} ({meal.rating_count})" if meal.rating_count else "–"

    @admin.action(description=_("Compute nutrition and traits again"), permissions=["act"])
    def recompute(self, request: HttpRequest, queryset: "QuerySet[Meal]") -> None:
        for meal in queryset:
            carried_out(request, partial(services.recompute_meal, meal_id=meal.pk), done=str(meal))


@admin.register(Tag)
class TagAdmin(ReadOnlyAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    ordering = ["name"]


@admin.register(MealImport)
class ImportAdmin(ReadOnlyAdmin):
    list_display = ["source_key", "kind", "owner", "meal", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["owner", "meal"]
    search_fields = ["source_key", "owner__email", "owner__handle"]
    date_hierarchy = "created_at"
    ordering = ["-id"]
