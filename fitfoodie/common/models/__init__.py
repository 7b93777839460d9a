from fitfoodie.common.models.idempotency import IdempotencyRecord
from fitfoodie.common.models.job import BackgroundJob, FailedJob, ScheduledRun
from fitfoodie.common.models.timestamped import TimestampedModel

__all__ = ["BackgroundJob", "FailedJob", "IdempotencyRecord", "ScheduledRun", "TimestampedModel"]
