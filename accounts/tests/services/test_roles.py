import threading
from fnmatch import fnmatchcase

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import close_old_connections, connection
from django.utils import timezone

from accounts.enums import Role
from accounts.models import RoleChange, User
from accounts.roles import ROLES, allows
from accounts.services.roles import become_creator, grant_role, remove_role
from accounts.services.sync_roles import sync_roles
from accounts.tests.factories import UserFactory
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db


def grant(user, role, actor, reason="Asked for it"):
    return grant_role(user=user, role=role, actor=actor, reason=reason, now=timezone.now())


def remove(user, role, actor, reason="Left the team"):
    return remove_role(user=user, role=role, actor=actor, reason=reason, now=timezone.now())


@pytest.fixture
def admin():
    return UserFactory(roles_held=[Role.ADMIN])


def test_grant_gives_the_group_and_says_why(admin):
    person = UserFactory()
    change = grant(person, Role.MODERATOR, admin, reason="  Knows the guidelines ")
    person = User.objects.get(pk=person.pk)
    assert person.roles == {Role.USER, Role.MODERATOR}
    assert person.is_staff
    assert person.has_perm("meals.change_meal")
    assert not person.has_perm("accounts.manage_roles")
    assert (change.reason, change.actor, change.is_grant) == ("Knows the guidelines", admin, True)
    event = Event.objects.get(name="accounts.role.granted")
    assert (event.actor, event.subject_id) == (admin, str(person.pk))
    assert event.data == {
        "user_id": person.pk,
        "role": "moderator",
        "reason": "Knows the guidelines",
        "role_change_id": change.pk,
    }


def test_grant_twice_changes_nothing(admin):
    person = UserFactory(roles_held=[Role.SUPPORT])
    assert grant(person, Role.SUPPORT, admin) is None
    assert not RoleChange.objects.exists()


def test_remove_closes_the_back_office(admin):
    person = UserFactory(roles_held=[Role.SUPPORT, Role.CREATOR])
    change = remove(person, Role.SUPPORT, admin)
    person = User.objects.get(pk=person.pk)
    assert person.roles == {Role.USER, Role.CREATOR}
    assert not person.is_staff
    assert Event.objects.get(name="accounts.role.removed").data == {
        "user_id": person.pk,
        "role": "support",
        "reason": "Left the team",
        "role_change_id": change.pk,
    }


def test_remove_role_not_held_changes_nothing(admin):
    assert remove(UserFactory(), Role.CREATOR, admin) is None


@pytest.mark.parametrize("reason", ["", "   "])
def test_change_without_reason_is_refused(admin, reason):
    with pytest.raises(DomainError) as caught:
        grant(UserFactory(), Role.CREATOR, admin, reason=reason)
    assert caught.value.field == "reason"


def test_role_of_every_member_cannot_be_granted(admin):
    with pytest.raises(DomainError) as caught:
        grant(UserFactory(), Role.USER, admin)
    assert caught.value.field == "role"


@pytest.mark.parametrize("role", [Role.USER, Role.CREATOR, Role.MODERATOR, Role.SUPPORT])
def test_who_is_no_admin_changes_no_role(role):
    actor = UserFactory(roles_held=[role])
    with pytest.raises(NotAllowedError):
        grant(actor, Role.ADMIN, actor)
    with pytest.raises(NotAllowedError):
        grant(UserFactory(), Role.CREATOR, actor)


def test_nobody_grants_above_own_rank_nor_acts_on_a_higher_one(admin):
    lead = UserFactory(roles_held=[Role.MODERATOR])
    Group.objects.create(name="leads").permissions.add(permission("manage_roles"))
    lead.groups.add(Group.objects.get(name="leads"))
    grant(UserFactory(), Role.MODERATOR, lead)
    with pytest.raises(NotAllowedError):
        grant(UserFactory(), Role.ADMIN, lead)
    with pytest.raises(NotAllowedError):
        remove(admin, Role.ADMIN, lead)
    with pytest.raises(NotAllowedError):
        grant(admin, Role.CREATOR, lead)


def permission(codename):
    return Permission.objects.get(codename=codename)


def test_last_admin_stays(admin):
    with pytest.raises(ConflictError) as caught:
        remove(admin, Role.ADMIN, admin)
    assert caught.value.code == "last_admin"
    other = UserFactory(roles_held=[Role.ADMIN])
    remove(admin, Role.ADMIN, other)
    assert list(User.objects.holding(Role.ADMIN)) == [other]


def test_deactivated_admin_does_not_count(admin):
    UserFactory(roles_held=[Role.ADMIN], is_active=False)
    with pytest.raises(ConflictError):
        remove(admin, Role.ADMIN, admin)


def test_superuser_loses_all_with_the_admin_role(admin):
    owner = UserFactory(is_superuser=True, is_staff=True)
    with pytest.raises(ConflictError):
        remove(owner, Role.SUPPORT, admin)
    remove(owner, Role.ADMIN, admin)
    owner = User.objects.get(pk=owner.pk)
    assert (owner.is_superuser, owner.is_staff, owner.roles) == (False, False, {Role.USER})


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL")
def test_two_admins_removing_each_other_leave_one():
    first, second = UserFactory.create_batch(2, roles_held=[Role.ADMIN])
    barrier, outcomes = threading.Barrier(2), []

    def run(actor, target):
        try:
            barrier.wait(5)
            outcomes.append(remove(target, Role.ADMIN, actor))
        except (NotAllowedError, ConflictError) as error:
            outcomes.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((first, second), (second, first))]
    [thread.start() for thread in threads]
    [thread.join(20) for thread in threads]
    assert User.objects.holding(Role.ADMIN).count() == 1
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NotAllowedError", "RoleChange"]


def test_member_becomes_creator_with_verified_email_and_guidelines():
    person = UserFactory()
    change = become_creator(user=person, accepts_guidelines=True, now=timezone.now())
    assert change.actor == person
    assert "guidelines" in change.reason
    assert User.objects.get(pk=person.pk).has_role(Role.CREATOR)
    assert become_creator(user=person, accepts_guidelines=True, now=timezone.now()) is None


def test_start_creating_needs_verified_email():
    with pytest.raises(NotAllowedError) as caught:
        become_creator(user=UserFactory(verified=False), accepts_guidelines=True, now=timezone.now())
    assert caught.value.code == "email_unverified"


def test_start_creating_needs_the_guidelines():
    with pytest.raises(DomainError) as caught:
        become_creator(user=UserFactory(), accepts_guidelines=False, now=timezone.now())
    assert caught.value.field == "accepts_guidelines"


def test_groups_hold_what_the_table_says():
    for role in Role:
        held = {
            f"{app}.{codename}"
            for app, codename in Group.objects.get(name=role).permissions.values_list(
                "content_type__app_label", "codename"
            )
        }
        assert all(allows(role, name) for name in held)
        if ROLES[role].permissions:
            assert held


def test_permission_added_by_hand_is_taken_away_at_the_next_migration():
    group = Group.objects.get(name=Role.SUPPORT)
    group.permissions.add(permission("manage_roles"))
    group.permissions.remove(permission("view_user"))
    sync_roles(apps.get_app_config("accounts"))
    names = set(group.permissions.values_list("codename", flat=True))
    assert "manage_roles" not in names
    assert "view_user" in names


def test_every_permission_of_the_table_exists():
    known = [f"{a}.{c}" for a, c in Permission.objects.values_list("content_type__app_label", "codename")]
    patterns = {pattern for spec in ROLES.values() for pattern in spec.permissions}
    assert [p for p in patterns if not any(fnmatchcase(name, p) for name in known)] == []


def test_console_grants_the_first_admin(capsys):
    person = UserFactory()
    call_command("grant_role", person.email, "admin", reason="First administrator")
    assert User.objects.get(pk=person.pk).has_role(Role.ADMIN)
    assert person.email in capsys.readouterr().out
    call_command("grant_role", person.email, "admin", reason="Again")
    assert "already" in capsys.readouterr().out
