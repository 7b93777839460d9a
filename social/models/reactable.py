from django.db import models
from django.utils.translation import gettext_lazy as _

from social.enums import WhoMayComment


class Reactable(models.Model):
    """A thing people like, comment and share. The counters are moved by `social.services` alone, in the transaction of
    the row they count (REC-13)."""

    like_count = models.PositiveIntegerField(default=0, editable=False)
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    share_count = models.PositiveIntegerField(default=0, editable=False)
    who_may_comment = models.CharField(
        _("who may comment"), max_length=10, choices=WhoMayComment.choices, default=WhoMayComment.EVERYONE
    )

    class Meta:
        abstract = True
