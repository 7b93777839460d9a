from fitfoodie.events.registry import event


@event("tests.bell.rung", label="Bell rung")
class BellRung:
    bell_id: int
