from classes.models.chain import Chain, ChainStaff, PolicyColumns, Room, Studio
from classes.models.rating import CalendarFeed, InstructorRating, PeerReview, SessionRating
from classes.models.rsvp import Outing, OutingMember, Rsvp, RsvpMove, SeatHandOn
from classes.models.session import ClassType, Described, Series, Session

__all__ = [
    "CalendarFeed",
    "Chain",
    "ChainStaff",
    "ClassType",
    "Described",
    "InstructorRating",
    "Outing",
    "OutingMember",
    "PeerReview",
    "PolicyColumns",
    "Room",
    "Rsvp",
    "RsvpMove",
    "SeatHandOn",
    "Series",
    "Session",
    "SessionRating",
    "Studio",
]
