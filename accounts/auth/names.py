from accounts.models import User


def display_name(user: User) -> str:
    return user.name or user.email
