"""The way from one's own page to the week one teaches and the chains one works for."""

import pytest

from classes.enums import StaffRole
from classes.tests.factories import make_chain, make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "links"), [(StaffRole.INSTRUCTOR, ["/teach/", "/host/"]), (StaffRole.MANAGER, ["/host/"]), (None, [])]
)
def test_own_page_leads_to_the_week_and_the_chains(client, role, links):
    coach = make_user("coach")
    if role:
        make_staff(make_chain(), coach, role)
    client.force_login(coach)
    html = client.get("/@coach").content.decode()
    assert [link for link in ("/teach/", "/host/") if f'href="{link}"' in html] == links


def test_others_do_not_see_it_nor_does_the_owner_through_their_eyes(client):
    coach = make_user("coach")
    make_staff(make_chain(), coach, StaffRole.INSTRUCTOR)
    assert 'href="/teach/"' not in client.get("/@coach").content.decode()
    client.force_login(make_user("maya"))
    assert 'href="/teach/"' not in client.get("/@coach").content.decode()
    client.force_login(coach)
    assert 'href="/teach/"' not in client.get("/@coach?as=member").content.decode()
