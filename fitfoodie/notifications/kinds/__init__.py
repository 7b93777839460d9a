"""Every kind of notification there is."""

from fitfoodie.notifications.kinds import classes, matching, social
from fitfoodie.notifications.kinds.base import Kind, Message, Recipient, all_kinds, kind_named, kinds_of, register

register(*social.KINDS, *matching.KINDS, *classes.KINDS)

__all__ = ["Kind", "Message", "Recipient", "all_kinds", "kind_named", "kinds_of"]
