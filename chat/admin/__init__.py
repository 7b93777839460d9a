from chat.admin.reported import ReportedMessageAdmin

__all__ = ["ReportedMessageAdmin"]
