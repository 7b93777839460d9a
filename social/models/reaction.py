"""What all reactions share: the thing they are about, named as in the event log (ADR 0032)."""

from django.db import models
from django.db.models import Q


class AboutSubject(models.Model):
    """About one row of a registered kind (`social.subjects`)."""

    subject_type = models.CharField(max_length=50, editable=False)
    subject_id = models.PositiveBigIntegerField(editable=False)

    class Meta:
        abstract = True


def about(row: models.Model) -> Q:
    """The reactions to one row."""
    return Q(subject_type=row._meta.label_lower, subject_id=row.pk)
