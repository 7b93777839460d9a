from fitfoodie.common.models.job import BackgroundJob, FailedJob, ScheduledRun
from fitfoodie.common.models.timestamped import TimestampedModel

__all__ = ["BackgroundJob", "FailedJob", "ScheduledRun", "TimestampedModel"]
