from fitfoodie.notifications.admin.notifications import NotificationAdmin

__all__ = ["NotificationAdmin"]
