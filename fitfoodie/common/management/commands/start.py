import os
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.core.management.base import SystemCheckError

from fitfoodie.celery import app
from fitfoodie.common.jobs.embedded import EmbeddedWorker


class Command(BaseCommand):
    help = "Bring everything up in one process: database, demo world, web server, background work and schedule."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or "8000"))
        parser.add_argument("--no-demo", action="store_true", help="leave the demo world out")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.REDIS_URL:
            raise CommandError("With REDIS_URL set, work runs in separate processes: use `make serve`.")
        call_command("migrate", verbosity=0)
        for step in settings.START_STEPS:
            if not (options["no_demo"] and step == "demo"):
                call_command(step)
        worker = EmbeddedWorker(app)
        worker.start()
        try:
            call_command("runserver", f"{options['host']}:{options['port']}", use_reloader=False)
        except SystemCheckError as error:
            raise CommandError(str(error)) from error
        finally:
            worker.stop()
