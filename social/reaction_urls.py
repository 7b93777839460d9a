"""Pages of likes, comments and sharing, the same for every kind of thing."""

from django.urls import URLPattern, path

from social.views import comments, likes, shared, shares

_ROW = "reactions/<str:kind>/<str:key>"
_COMMENT = "comments/<str:public_id>"

urlpatterns: list[URLPattern] = [
    path("s/<str:token>", shared.shared, name="shared"),
    path(f"{_ROW}/like", likes.like_row, name="like"),
    path(f"{_ROW}/unlike", likes.unlike_row, name="unlike"),
    path(f"{_ROW}/likes/", likes.likes, name="likes"),
    path(f"{_ROW}/comments/", comments.comments, name="comments"),
    path(f"{_ROW}/who-may-comment", comments.who_may_comment, name="who-may-comment"),
    path(f"{_ROW}/share", shares.count_share, name="share"),
    path(f"{_ROW}/share-links", shares.share_links, name="share-links"),
    path(f"{_ROW}/share-links/revoke", shares.share_links_revoke, name="share-links-revoke"),
    path(f"{_ROW}/qr.svg", shares.qr, name="qr"),
    path(f"{_ROW}/card.png", shares.card, name="card"),
    path(f"{_COMMENT}/", comments.replies, name="replies"),
    path(f"{_COMMENT}/edit/", comments.edit, name="comment-edit"),
    path(f"{_COMMENT}/delete/", comments.delete, name="comment-delete"),
    path(f"{_COMMENT}/hide/", comments.hide, name="comment-hide"),
    path(f"{_COMMENT}/show", comments.show, name="comment-show"),
    path(f"{_COMMENT}/pin", comments.pin, name="comment-pin"),
    path(f"{_COMMENT}/unpin", comments.unpin, name="comment-unpin"),
    path(f"{_COMMENT}/like", likes.like_one_comment, name="comment-like"),
    path(f"{_COMMENT}/unlike", likes.unlike_one_comment, name="comment-unlike"),
]
