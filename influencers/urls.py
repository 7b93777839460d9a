from django.urls import URLPattern, URLResolver, path

from influencers.views import (
    compose,
    directory,
    edit_collections,
    edit_cover,
    edit_page,
    insights,
    post,
    post_list,
    post_photos,
    public_page,
    studio,
    studio_posts,
    verification,
)

app_name = "influencers"
urlpatterns: list[URLPattern | URLResolver] = [
    path("creators/", directory.creators, name="creators"),
    path("verified/", verification.what_it_means, name="verified"),
    path("@<str:handle>/collections/<str:slug>/", public_page.collection, name="collection"),
    path("studio/", studio.overview, name="studio"),
    path("studio/content/", studio.content, name="studio-content"),
    path("studio/content/bulk", studio.bulk, name="studio-bulk"),
    path("studio/calendar/", studio.calendar, name="studio-calendar"),
    path("studio/page/", edit_page.edit_page, name="studio-page"),
    path("studio/page/cover", edit_cover.edit_cover, name="studio-cover"),
    path("studio/page/preview", edit_page.preview, name="studio-page-preview"),
    path("studio/collections/", edit_collections.collections, name="studio-collections"),
    path("studio/collections/<str:slug>/", edit_collections.collection, name="studio-collection"),
    path("studio/collections/<str:slug>/delete", edit_collections.delete, name="studio-collection-delete"),
    path("studio/verification/", verification.verification, name="verification"),
    path("studio/verification/withdraw", verification.withdraw, name="verification-withdraw"),
    path("studio/verification/appeal", verification.file_appeal, name="verification-appeal"),
    path("studio/insights/", insights.insights, name="insights"),
    path("studio/insights.csv", insights.insights_csv, name="insights-csv"),
    path("posts/<slug:public_id>/", post.post_detail, name="post"),
    path("@<str:handle>/posts/", post_list.posts_of_creator, name="posts"),
    path("studio/posts/", studio_posts.studio_posts, name="studio-posts"),
    path("studio/posts/new/", compose.post_new, name="post-new"),
    path("studio/posts/preview", compose.post_preview, name="post-preview"),
    path("studio/posts/meals", compose.meal_suggestions, name="post-meals"),
    path("studio/posts/<slug:public_id>/", compose.post_edit, name="post-edit"),
    path("studio/posts/<slug:public_id>/delete", compose.post_delete, name="post-delete"),
    path("studio/posts/<slug:public_id>/photos", post_photos.photo_list, name="post-photos"),
    path("studio/posts/<slug:public_id>/photos/<slug:photo_id>", post_photos.photo_change, name="post-photo-change"),
    *[
        path(f"studio/posts/<slug:public_id>/{move}", compose.post_move, {"move": move}, name=f"post-{move}")
        for move in compose.MOVES
    ],
]
