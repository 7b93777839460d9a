"""The back office of classes: staff look, and act through services with a reason."""

from classes.admin.chains import ChainAdmin, ChainStaffAdmin, ClassTypeAdmin, RoomAdmin, StudioAdmin
from classes.admin.ratings import PeerReviewAdmin, SessionRatingAdmin
from classes.admin.seats import OutingAdmin, RsvpAdmin, SeatHandOnAdmin
from classes.admin.timetable import SeriesAdmin, SessionAdmin

__all__ = [
    "ChainAdmin",
    "ChainStaffAdmin",
    "ClassTypeAdmin",
    "OutingAdmin",
    "PeerReviewAdmin",
    "RoomAdmin",
    "RsvpAdmin",
    "SeatHandOnAdmin",
    "SeriesAdmin",
    "SessionAdmin",
    "SessionRatingAdmin",
    "StudioAdmin",
]
