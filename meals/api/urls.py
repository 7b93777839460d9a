from django.urls import path

from meals.api.views import discovery, imports, lifecycle, meals, photos, reviews, saves
from social.api.reaction_routes import reaction_routes

urlpatterns = [
    path("meals", meals.MealListView.as_view(), name="meals"),
    path("meals/suggest", discovery.SuggestView.as_view(), name="meal-suggest"),
    path("meals/facets", discovery.FacetsView.as_view(), name="meal-facets"),
    path("meals/import", imports.MealImportView.as_view(), name="meal-import"),
    path("meals/<str:slug>", meals.MealView.as_view(), name="meal"),
    path("meals/<str:slug>/transition", lifecycle.MealTransitionView.as_view(), name="meal-transition"),
    path("meals/<str:slug>/save", saves.MealSaveView.as_view(), name="meal-save"),
    path("meals/<str:slug>/photos", photos.PhotoListView.as_view(), name="meal-photos"),
    path("meals/<str:slug>/photos/<str:photo_id>", photos.PhotoView.as_view(), name="meal-photo"),
    path("meals/<str:slug>/reviews", reviews.ReviewListView.as_view(), name="meal-reviews"),
    path("meals/<str:slug>/reviews/<str:review_id>", reviews.ReviewView.as_view(), name="meal-review"),
    *reaction_routes("meals.meal", "meals/<str:slug>", noun="meal"),
    path("me/saved-meals", saves.SavedMealsView.as_view(), name="saved-meals"),
    path("me/meals", discovery.MyMealsView.as_view(), name="my-meals"),
    path("tags", discovery.TagsView.as_view(), name="tags"),
    path("diets", discovery.DietsView.as_view(), name="diets"),
    path("allergens", discovery.AllergensView.as_view(), name="allergens"),
]
