from django.http import HttpRequest

from accounts.models import User


def person_of(request: HttpRequest) -> User:
    """Whoever is signed in, as our own type. For views behind `login_required`."""
    if not isinstance(request.user, User):
        raise TypeError("This view must be behind login_required.")
    return request.user
