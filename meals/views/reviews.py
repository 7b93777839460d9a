from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fitfoodie.common.errors import DomainError
from meals import services
from meals.forms import ReviewForm
from meals.models import Meal
from meals.views.lookup import visible_meal
from meals.views.requests import MemberRequest


@login_required
def review(request: MemberRequest, slug: str) -> HttpResponse:
    """GET is the form on its own, for those without JavaScript who follow the link; POST writes."""
    meal = visible_meal(slug, request.user)
    mine = meal.reviews.filter(author_id=request.user.pk).first()
    form = ReviewForm(request.POST or None, initial={"rating": mine.rating, "text": mine.text} if mine else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.write_review(
                meal_id=meal.pk,
                author=request.user,
                rating=form.cleaned_data["rating"],
                text=form.cleaned_data["text"],
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("Thank you. Your review is on the page."))
            return redirect(f"{meal.get_absolute_url()}#reviews")
    status = 422 if form.errors else 200
    return render(request, "meals/review_form.html", {"meal": meal, "form": form, "mine": mine}, status=status)


@require_POST
@login_required
def review_delete(request: MemberRequest, slug: str) -> HttpResponse:
    meal: Meal = visible_meal(slug, request.user)
    if services.delete_review(meal_id=meal.pk, author=request.user):
        messages.success(request, _("Your review is gone."))
    return redirect(f"{meal.get_absolute_url()}#reviews")
