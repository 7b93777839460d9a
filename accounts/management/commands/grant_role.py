from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.roles import GRANTABLE_ROLES
from accounts.services.roles import grant_role
from fitfoodie.common.errors import DomainError


class Command(BaseCommand):
    help = "Give somebody a role from the console: the way to the first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=[role.value for role in GRANTABLE_ROLES])
        parser.add_argument("--reason", required=True, help="Kept in the audit trail and told to the person.")

    def handle(self, *, email: str, role: str, reason: str, **options: object) -> None:
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            raise CommandError(f"Nobody here has the e-mail address {email}.")
        try:
            change = grant_role(user=user, role=Role(role), actor=None, reason=reason, now=timezone.now())
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{email} is {role} now." if change else f"{email} was {role} already.")
