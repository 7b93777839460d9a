from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from fitfoodie.common.backoffice import ReadOnlyAdmin, carried_out
from meals import services
from meals.models import Food, FoodPortion, Meal

MAX_MEALS = 200


class PortionInline(TabularInline):
    model = FoodPortion
    fields = ["position", "amount", "measure", "grams"]
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Food)
class FoodAdmin(ReadOnlyAdmin):
    list_display = ["name", "group", "calories", "protein_g", "carbs_g", "fat_g", "usda_id"]
    list_filter = ["group"]
    search_fields = ["name", "=usda_id"]
    ordering = ["name"]
    inlines = [PortionInline]
    actions = ["match_again"]

    @admin.action(description=_("Match and weigh the meals with this food again"), permissions=["match"])
    def match_again(self, request: HttpRequest, queryset: "QuerySet[Food]") -> None:
        meals = Meal.objects.filter(ingredients__food__in=queryset).distinct().order_by("pk")[:MAX_MEALS]
        for meal in meals:
            carried_out(request, partial(services.recompute_meal, meal_id=meal.pk), done=str(meal))

    def has_match_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("meals.change_meal")
