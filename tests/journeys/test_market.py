"""A creator is verified, publishes and is followed; a customer orders through their link with their code; everybody
sees the same money. On the processes of production, where PostgreSQL and Redis answer."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.journeys.person import DEMO_PASSWORD, turn_on_second_factor
from tests.journeys.product import wait_for
from tests.journeys.test_creating import INGREDIENTS, STEPS

# A browser that a person sits in front of: clicks of robots pay nobody.
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
OTHER_DISH = "salmon-poke-with-edamame-and-mango"  # by another creator of the demo world, 14.50
COOK, STAFF = "chef@demo.test", "admin@demo.test"
STEPS_OF_KITCHEN = (
    ("Accept", "The kitchen has accepted it"),
    ("Start cooking", "It is being cooked"),
    ("Ready", "It is ready"),
    ("On the way", "It is on its way to you"),
    ("Done", "Enjoy your meal"),
)
LEDGER_OF = """
from decimal import Decimal
from orders.models import Entry
rows = Entry.objects.filter(party__handle={handle!r}, account__in=["commission_pending", "creator_payable"])
print(-sum(rows.values_list("amount", flat=True), Decimal(0)))
"""
APPROVE = "from orders.tasks import approve_due_commissions; print(approve_due_commissions())"


@pytest.fixture(scope="session")
def staff_state():
    """What staff's browser keeps once the second factor is on: it is turned on once for all journeys."""
    return {}


def sit_down_as_staff(somebody, staff_state):
    """The back office wants a second factor."""
    staff = somebody(**staff_state)
    if not staff_state:
        staff.sign_in(STAFF)
        turn_on_second_factor(staff, DEMO_PASSWORD)
        staff_state["storage_state"] = staff.context.storage_state()
    return staff


def begin_creating(person):
    page = person.goto("/create/start/")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Start creating").click()
    expect(page).to_have_url(re.compile("/create/"))


def publish_meal(page, title, price):
    page.goto("/create/meals/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Ingredients").fill(INGREDIENTS)
    page.get_by_label("Method").fill(STEPS)
    page.locator("summary", has_text="Price and portions").click()
    page.get_by_role("spinbutton", name=re.compile("^Price")).fill(price)
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def apply_for_badge(page):
    page.goto("/studio/verification/")
    page.get_by_label("Your name as on your documents").fill("Nadja Brandt")
    page.get_by_label("Who you are, and where people know you from").fill("I run the supper club in the old mill.")
    page.get_by_label("Your profiles elsewhere").fill("https://example.org/@nadja")
    page.get_by_role("button", name="Send to the reviewers").click()
    expect(page.locator("main")).to_contain_text("How far it is")


def verify(staff, handle):
    page = staff.goto(f"/admin/influencers/verificationapplication/?q={handle}")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Take it up").click()
    page.locator("main form, #content form").locator("button[type=submit]").last.click()
    page.get_by_role("link", name=re.compile("Verify$")).click()
    page.get_by_label("Reason").fill("The supper club names her, and she answered from there.")
    page.locator("main form, #content form").locator("button[type=submit]").last.click()
    expect(page.locator("main, #content").first).to_contain_text("she answered from there")


def write_post(page, text, meal):
    page.goto("/studio/posts/new/")
    page.get_by_label("Your post").fill(text)
    page.get_by_role("combobox", name=re.compile("^Link a meal")).fill(f"/meals/{meal}/")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator("main")).to_contain_text(text)


def make_code(page, code, percent):
    page.goto("/studio/codes/new/")
    page.get_by_role("textbox", name=re.compile("^Code")).fill(code)
    page.get_by_role("spinbutton", name=re.compile("^Percent")).fill(percent)
    page.get_by_role("button", name="Make the code").click()
    expect(page.locator("main")).to_contain_text(code)


def make_link(page, title):
    """Returns where it begins."""
    page.goto("/studio/links/new/")
    page.get_by_label("To which meal").select_option(label=title)
    page.get_by_role("textbox", name=re.compile("^Code")).fill("nadjas-mill")
    page.get_by_role("button", name="Make the link").click()
    expect(page.locator("main")).to_contain_text("Paid link")
    return "/r/nadjas-mill"


def put_in_cart(page, portions):
    page.get_by_label("Portions", exact=True).fill(str(portions))
    page.get_by_role("button", name="Order", exact=True).click()
    expect(page).to_have_url(re.compile("/cart/"))


def use_code(page, code):
    page.get_by_label("Promo code").fill(code)
    page.get_by_role("button", name="Use it").click()


def fill_in_delivery(page):
    page.get_by_label("Name on the door").fill("Otto Lang")
    page.get_by_label("Street and number").fill("Lindenstraße 4")
    page.get_by_label("Postcode").fill("10969")
    page.get_by_label("City").fill("Berlin")


def choose_slot(page):
    page.get_by_role("combobox", name=re.compile("^Time")).select_option(index=2)


def order(page):
    page.get_by_role("button", name=re.compile("^Order for")).click()
    expect(page).to_have_url(re.compile("/orders/[^/]+/pay/"))
    return page.url.split("/")[-3]


def pay(page, card):
    page.get_by_role("button", name=re.compile("^Pay ")).click()
    page.get_by_role("radio", name=re.compile(card)).check()
    page.get_by_role("button", name=re.compile("^Pay ")).click()


def sum_of(page):
    """The steps of the sum as the page shows them."""
    rows = page.locator("dl.steps-of-sum > div")
    return {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in rows.all()}


def money_in(page, label):
    """What the stat with this label shows."""
    stat = page.locator(".stat", has=page.get_by_text(label, exact=True))
    return Decimal(re.sub(r"[^\d.-]", "", stat.locator(".stat-value").inner_text()))


def shown_as_owed(page):
    """What a creator's own codes gave away is taken off what can be paid out, at once."""
    return money_in(page, "In the holding period") + money_in(page, "Can be paid out")


def owed(product, handle):
    return Decimal(product.manage("shell", "-v0", "-c", LEDGER_OF.format(handle=handle)).strip())


def test_from_application_to_statement(somebody, served, staff_state):
    creator = somebody()
    creator.join("nadja_cooks", at="mill.test")
    begin_creating(creator)
    page = creator.page
    apply_for_badge(page)
    staff = sit_down_as_staff(somebody, staff_state)
    verify(staff, "nadja_cooks")
    page.goto("/@nadja_cooks")
    expect(page.locator("main .badge, main [class*=badge]").first).to_be_visible()

    publish_meal(page, "Mill lentil stew", "10.00")
    write_post(page, "The stew we cook at the mill.", "mill-lentil-stew")
    make_code(page, "MILL5", "5")
    link = make_link(page, "Mill lentil stew")

    customer = somebody(user_agent=CHROME)
    customer.join("otto_orders", at="lang.test")
    buying = customer.goto("/@nadja_cooks")
    buying.get_by_role("button", name="Follow", exact=True).click()
    expect(buying.get_by_role("button", name="Following")).to_be_visible()
    line = buying.locator(".feed-line").filter(has_text="Mill lentil stew")
    wait_for("the meal to be in the feed", lambda: buying.goto("/feed/") and line.count())
    expect(buying.locator(".feed-why").first).to_contain_text("You follow")

    buying.goto(link)
    expect(buying.get_by_role("heading", level=1)).to_have_text("Mill lentil stew")
    put_in_cart(buying, 2)
    buying.goto(f"/meals/{OTHER_DISH}/")
    put_in_cart(buying, 1)
    use_code(buying, "mill5")
    expect(buying.locator(".cart-code.on")).to_contain_text("1.00")
    choose_slot(buying)
    fill_in_delivery(buying)
    assert sum_of(buying) == {
        "2 × Mill lentil stew": "€20.00",
        "1 × Salmon poke with edamame and mango": "€14.50",
        "Code MILL5": "-€1.00",
        "Total": "€33.50",
    }
    number = order(buying)
    pay(buying, "Asks for confirmation")
    buying.get_by_role("button", name="Yes, it is me").click()
    expect(buying.locator("main")).to_contain_text("Paid. Thank you!")
    buying.get_by_role("link", name="Follow your order").click()
    expect(buying.get_by_role("heading", level=1)).to_have_text("The kitchen has your order")

    cook = somebody()
    cook.sign_in(COOK)
    kitchen = cook.goto("/kitchen/")
    buying.evaluate("window.wasNeverLoadedAgain = true")
    for button, headline in STEPS_OF_KITCHEN:
        card = kitchen.locator(".board-card", has_text=number)
        card.get_by_role("button", name=button, exact=True).click()
        expect(buying.get_by_role("heading", level=1)).to_have_text(headline)
    assert buying.evaluate("window.wasNeverLoadedAgain")

    page.goto("/studio/earnings/")
    # 10 % of 19.00 and of 14.50 without the tax of 7 %, less what the creator's own code gave away.
    before = shown_as_owed(page)
    assert before == owed(served, "nadja_cooks") == Decimal("1.78") + Decimal("1.36") - Decimal("1.00")
    expect(page.locator("main")).to_contain_text("It will be approved within the hour.")

    give_back(kitchen, number, "Salmon poke with edamame and mango", "The salmon was off.")
    buying.reload()
    expect(buying.locator("main")).to_contain_text("The salmon was off.")
    buying.get_by_role("link", name="Receipt").click()
    expect(buying.locator("article.invoice")).to_have_count(2)
    expect(buying.locator("article.invoice").last).to_contain_text("Credit note")
    expect(buying.locator("article.invoice").last).to_contain_text("14.50")

    page.goto("/studio/earnings/")
    after = shown_as_owed(page)
    assert after == owed(served, "nadja_cooks") == Decimal("0.78")
    assert "all is right" in served.manage("verify_ledger")

    be_paid(creator, staff, served, after)
    assert "all is right" in served.manage("verify_ledger")


def give_back(page, number, title, reason):
    page.goto(f"/orders/{number}/")
    page.get_by_role("link", name="Give money back…").click()
    line = page.get_by_role("group", name=title)
    line.get_by_role("spinbutton", name=re.compile("^Portions")).fill("1")
    page.get_by_label("Why?").fill(reason)
    page.get_by_role("button", name="Look at the sum").click()
    page.get_by_role("button", name="Refund €14.50").click()
    expect(page.locator("main")).to_contain_text(reason)


def be_paid(creator, staff, served, amount):
    """Approved, asked for under a second factor, sent by staff; the statement says the same to the cent."""
    served.manage("shell", "-v0", "-c", APPROVE)
    turn_on_second_factor(creator)
    page = creator.goto("/studio/payouts/")
    assert money_in(page, "Can be paid out") == amount == owed(served, "nadja_cooks")
    page.get_by_role("button", name="Ask for a payout").click()
    expect(page.locator("tfoot")).to_contain_text(f"{amount} EUR")
    office = staff.goto("/admin/orders/payout/?q=nadja_cooks")
    office.locator("#result_list input.action-select").check()
    office.locator("select[name=action]").select_option(value="paid")
    office.get_by_role("button", name="Run", exact=True).click()
    office.get_by_label("Reason").fill("SEPA 2024-117")
    office.locator("main form, #content form").locator("button[type=submit]").last.click()
    expect(office.locator("#result_list")).to_contain_text("SEPA 2024-117")
    page.reload()
    expect(page.locator("header").last).to_contain_text("SEPA 2024-117")
    lines = [Decimal(cell) for cell in page.locator("tbody tr td:last-child").all_inner_texts()]
    assert sum(lines) == amount
    assert owed(served, "nadja_cooks") == 0
    page.goto("/studio/earnings/")
    assert money_in(page, "Paid") == amount
