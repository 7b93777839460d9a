from django.urls import path

from social.api.views import comments, likes

urlpatterns = [
    path("comments/<str:public_id>", comments.CommentView.as_view(), name="comment"),
    path("comments/<str:public_id>/replies", comments.RepliesView.as_view(), name="comment-replies"),
    path("comments/<str:public_id>/like", likes.CommentLikeView.as_view(), name="comment-like"),
    path("comments/<str:public_id>/pin", comments.CommentPinView.as_view(), name="comment-pin"),
    path("comments/<str:public_id>/hide", comments.CommentHideView.as_view(), name="comment-hide"),
]
