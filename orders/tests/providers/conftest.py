"""A server that speaks Stripe's protocol, and the hands of a customer at Stripe's own form."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

KEY = "sk_test_12345"
WEBHOOK_SECRET = "whsec_of_the_tests"
GOOD, ASKS, DECLINED = "4242424242424242", "4000002500003155", "4000000000000341"


class LocalStripe:
    """What the browser and the dashboard do, said to the server at `base`."""

    def __init__(self, base):
        self.base = base

    def post(self, path, **data):
        return self._send(path, urllib.parse.urlencode(data).encode())

    def get(self, path):
        return self._send(path, None)

    def use_card(self, payment, number):
        """The means of payment; a decline is an answer of Stripe's like any other."""
        card = {"card[number]": number, "card[exp_month]": "12", "card[exp_year]": "2040", "card[cvc]": "123"}
        method = self.post("/v1/payment_methods", type="card", **card)
        self.post(f"/v1/payment_intents/{payment.reference}", payment_method=method["id"])
        try:
            self.post(f"/v1/payment_intents/{payment.reference}/confirm")
        except urllib.error.HTTPError as declined:
            declined.close()
            if declined.code != 402:
                raise
        return method

    def authenticate(self, payment, secret, *, success):
        path = f"/v1/payment_intents/{payment.reference}/_authenticate"
        self.post(path, key="pk_test_12345", client_secret=secret, success=str(success).lower())

    def _send(self, path, body):
        headers = {"Authorization": f"Bearer {KEY}"}
        request = urllib.request.Request(self.base + path, body, headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)


@pytest.fixture(scope="session")
def stripe_server():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "localstripe", "--port", str(port), "--from-scratch"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _wait_for(port, process)
    yield LocalStripe(f"http://127.0.0.1:{port}")
    process.terminate()
    process.wait(timeout=10)


def _wait_for(port, process):
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the local server does not start")


@pytest.fixture
def stripe(stripe_server, settings):
    settings.PAYMENT_PROVIDER = "stripe"
    settings.STRIPE_SECRET_KEY, settings.STRIPE_PUBLISHABLE_KEY = KEY, "pk_test_12345"
    settings.STRIPE_WEBHOOK_SECRET = WEBHOOK_SECRET
    settings.STRIPE_API_BASE = stripe_server.base
    return stripe_server
