from django.urls import URLPattern, URLResolver, path

from influencers.api.views import cover, creators, insights, post_photos, posts, studio, verification

urlpatterns: list[URLPattern | URLResolver] = [
    path("influencers", creators.CreatorListView.as_view(), name="influencers"),
    path("influencers/me", creators.MyPageView.as_view(), name="my-creator-page"),
    path("influencers/me/cover", cover.MyCoverView.as_view(), name="my-cover"),
    path("influencers/me/verification", verification.VerificationView.as_view(), name="my-verification"),
    path("influencers/me/verification/appeal", verification.AppealView.as_view(), name="my-verification-appeal"),
    path("influencers/me/collections", studio.MyCollectionsView.as_view(), name="my-collections"),
    path("influencers/me/collections/<str:slug>", studio.MyCollectionView.as_view(), name="my-collection"),
    path("influencers/me/bulk", studio.BulkView.as_view(), name="my-bulk"),
    path("influencers/me/insights", insights.InsightsView.as_view(), name="insights"),
    path("influencers/<str:handle>", creators.CreatorView.as_view(), name="influencer"),
    path("influencers/<str:handle>/posts", posts.PostListView.as_view(), name="posts"),
    path("influencers/<str:handle>/posts/<str:post_id>", posts.PostView.as_view(), name="post"),
    path(
        "influencers/<str:handle>/posts/<str:post_id>/transition",
        posts.PostTransitionView.as_view(),
        name="post-transition",
    ),
    path(
        "influencers/<str:handle>/posts/<str:post_id>/photos",
        post_photos.PostPhotoListView.as_view(),
        name="post-photos",
    ),
    path(
        "influencers/<str:handle>/posts/<str:post_id>/photos/<str:photo_id>",
        post_photos.PostPhotoView.as_view(),
        name="post-photo",
    ),
]
