from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count, F, Q

from meals.enums import ImportKind
from meals.ingredients.match import shipped_matcher
from meals.ingredients.report import Figures, figures_of
from meals.models import Meal, MealImport


class Command(BaseCommand):
    help = "How much of the imported ingredient lists was understood, by language, and what that means for the meals."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = MealImport.objects.filter(kind=ImportKind.JSON_LINES, meal__isnull=False)
        texts = [line for payload in rows.values_list("payload", flat=True) for line in payload.get("ingredients", [])]
        for language, figures in sorted(figures_of(texts, shipped_matcher()).items()):
            self._tell(language, figures)
        self._tell_meals(Meal.objects.filter(imported_by__in=rows))

    def _tell(self, language: str, figures: Figures) -> None:
        write = self.stdout.write
        write(f"{language}: {figures.lines} lines, {figures.ingredients} of them ingredients")
        write(f"    parsed into quantity, unit and food where the line has them: {figures.parsed_percent} %")
        write(f"    matched to a USDA food: {figures.matched_percent} %")
        write(f"      of all lines, headings and stray steps too: {figures.matched_percent_of_lines} %")
        write(f"    unknown in nutrition (no food or no weight): {figures.unknown}")

    def _tell_meals(self, meals: Any) -> None:
        found = meals.aggregate(
            all=Count("pk", distinct=True),
            complete=Count("pk", filter=Q(ingredients_total__gt=0, ingredients_known=F("ingredients_total"))),
            silent_zero=Count("pk", filter=Q(calories=0, ingredients_known=0)),
            photos=Count("pk", filter=Q(cover__isnull=False)),
        )
        write = self.stdout.write
        write(f"meals: {found['all']}, of which {found['complete']} have every ingredient known")
        write(f"    with a photo: {found['photos']}")
        write(f"    zero calories although nothing is known: {found['silent_zero']} (must be 0)")
