"""The back office of classes: staff look, and act through services with a reason."""

from classes.admin.ratings import PeerReviewAdmin, RsvpAdmin, SessionRatingAdmin
from classes.admin.seats import OutingAdmin, SeatHandOnAdmin

__all__ = ["OutingAdmin", "PeerReviewAdmin", "RsvpAdmin", "SeatHandOnAdmin", "SessionRatingAdmin"]
from classes.admin.chains import ChainAdmin, ChainStaffAdmin, ClassTypeAdmin, RoomAdmin, StudioAdmin
from classes.admin.seats import OutingAdmin, SeatHandOnAdmin

__all__ = [
    "ChainAdmin",
    "ChainStaffAdmin",
    "ClassTypeAdmin",
    "OutingAdmin",
    "RoomAdmin",
    "SeatHandOnAdmin",
    "StudioAdmin",
]
