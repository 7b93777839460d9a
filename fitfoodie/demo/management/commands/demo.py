from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone

from fitfoodie.common.jobs.inline import carried_out_here
from fitfoodie.demo import world
from fitfoodie.demo.services import make_world


class Command(BaseCommand):
    help = "Make the demo world: people, what they publish, say and follow. Run again, it adds only what is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        with carried_out_here():
            made = make_world(now=timezone.now())
        write = self.stdout.write
        write(f"Demo world: {made['people']} people, {made['meals']} meals.")
        write(f"Open {settings.SITE_URL} and sign in with one of these, password {world.PASSWORD}:")
        for person in world.people():
            write(f"  {person['email']:<24} {person['name']}, {person['note']}")
