from django.urls import path

from meals.views import covers, detail, discover, editor, imports, photos, reviews, saves, shared, studio

app_name = "meals"
urlpatterns = [
    path("meals/", discover.discover, name="discover"),
    path("meals/saved/", saves.saved_meals, name="saved"),
    path("meals/plate.svg", covers.hero, name="hero"),
    path("meals/<str:slug>/", detail.meal_detail, name="detail"),
    path("meals/<str:slug>/print/", detail.meal_print, name="print"),
    path("meals/<str:slug>/history/", detail.meal_history, name="history"),
    path("meals/<str:slug>/cover.svg", covers.meal_cover, name="cover"),
    path("meals/<str:slug>/save", saves.save, name="save"),
    path("meals/<str:slug>/unsave", saves.unsave, name="unsave"),
    path("meals/<str:slug>/review", reviews.review, name="review"),
    path("meals/<str:slug>/review/delete", reviews.review_delete, name="review-delete"),
    path("s/<str:token>/cover.svg", shared.shared_cover, name="shared-cover"),
    path("create/", studio.my_meals, name="mine"),
    path("create/export/", studio.export, name="export"),
    path("create/import/", imports.import_new, name="import"),
    path("create/import/<int:pk>/", imports.import_detail, name="import-detail"),
    path("create/import/<int:pk>/discard", imports.import_discard, name="import-discard"),
    path("create/meals/new/", editor.meal_new, name="new"),
    path("create/meals/understood", editor.lines_understood, name="understood"),
    path("create/meals/<str:slug>/", editor.meal_edit, name="edit"),
    path("create/meals/<str:slug>/history/", studio.my_meal_history, name="my-history"),
    path("create/meals/<str:slug>/schedule/", studio.meal_schedule, name="schedule"),
    path("create/meals/<str:slug>/delete", studio.meal_delete, name="delete"),
    path("create/meals/<str:slug>/photos", photos.photo_list, name="photos"),
    path("create/meals/<str:slug>/photos/add", photos.photo_add, name="photo-add"),
    path("create/meals/<str:slug>/photos/<slug:public_id>", photos.photo_change, name="photo-change"),
    *[path(f"create/meals/<str:slug>/{move}", studio.meal_move, {"move": move}, name=move) for move in studio.MOVES],
]
