"""Searches that people keep, and what they were told of them."""

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id
from fitfoodie.common.models import TimestampedModel

MAX_NAME = 80


class SavedSearch(TimestampedModel):
    """N50. `query` is {name: [values]} of the address, as the kind wrote it down; the same is saved once."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    kind = models.CharField(max_length=20)
    name = models.CharField(_("name"), max_length=MAX_NAME)
    query = models.JSONField(default=dict)
    # The text of `query`: what makes two of them the same.
    query_text = models.CharField(max_length=2000, blank=True, editable=False)
    wants_alerts = models.BooleanField(_("tell me about new ones"), default=False)
    last_looked_at = models.DateTimeField()
    last_told_at = models.DateTimeField()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind", "query_text"], name="search_savedsearch_once"),
        ]
        indexes = [models.Index(fields=["owner"], condition=models.Q(wants_alerts=True), name="search_saved_alerts")]

    def __str__(self) -> str:
        """Without the name: what somebody looks for is theirs."""
        return f"{self.kind} {self.public_id}"

    @property
    def params(self) -> QueryDict:
        return QueryDict(self.query_text)


class SavedSearchTold(models.Model):
    """That the person is told of a search on a day, written down before the mail is sent: never twice (NTF-1)."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="told")
    day = models.DateField()
    hits = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "day"], name="search_told_once_a_day")]

    def __str__(self) -> str:
        return f"{self.search_id} on {self.day}"
