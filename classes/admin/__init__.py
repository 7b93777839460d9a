"""The back office of classes: staff look, and act through services with a reason."""

from classes.admin.seats import OutingAdmin, SeatHandOnAdmin

__all__ = ["OutingAdmin", "SeatHandOnAdmin"]
