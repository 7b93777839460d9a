from django.conf import settings
from django.db import models
from django.db.models import Q

from fitfoodie.common.models import BackgroundJob


class DataExport(models.Model):
    """One download of everything about a person (GDP-1). The work and its progress are the job's, the file is ours."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_exports")
    job = models.OneToOneField(BackgroundJob, on_delete=models.CASCADE, related_name="data_export")
    # In the private storage; empty until the file is there, and again once it is removed.
    file = models.CharField(max_length=160, blank=True)
    # Null while it is being made: one such row a person.
    ended_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="accounts_dataexport_one_running"
            ),
            models.CheckConstraint(
                condition=Q(file="") | Q(expires_at__isnull=False), name="accounts_dataexport_file_expires"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="accounts_dataexport_newest"),
            models.Index(fields=["expires_at"], condition=~Q(file=""), name="accounts_dataexport_kept"),
        ]

    def __str__(self) -> str:
        return f"Data of {self.user_id}"
