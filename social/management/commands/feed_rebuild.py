from typing import Any

from django.core.management.base import BaseCommand

from fitfoodie.events.models import Event
from social import feed_sources
from social.services import feed
from social.tasks import spread_item


class Command(BaseCommand):
    help = "Read the log again and make what is missing of the feed; safe to run at any time, and twice."

    def handle(self, *args: Any, **options: Any) -> None:
        names = {name for source in feed_sources.all_sources() for name in (*source.added_by, *source.withdrawn_by)}
        count = 0
        for event in Event.objects.filter(name__in=names).order_by("pk").iterator():
            for item in feed.take_up(event):
                spread_item.delay(item_id=item.pk, after=0)
                count += 1
        self.stdout.write(f"{count} lines of the feed are in place; followers get theirs in the background.")
