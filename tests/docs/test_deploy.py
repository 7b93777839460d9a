"""The files of a deployment agree with each other and with the code."""

import re

import yaml

from tests.docs.reading import ROOT
from tests.docs.test_configuration import variables_read

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
CADDYFILE = (DEPLOY / "Caddyfile").read_text()


def environment_of(name):
    return SERVICES[name].get("environment", {})


def test_all_processes_are_there():
    assert set(SERVICES) == {"web", "ws", "worker", "beat", "migrate", "postgres", "redis", "caddy", "mail"}


def test_compose_sets_only_variables_that_are_read():
    ours = {key for name in ("web", "ws", "worker", "beat", "migrate") for key in environment_of(name)}
    assert ours - set(variables_read()) - {"DJANGO_SETTINGS_MODULE"} == set()


def test_compose_hands_on_what_production_cannot_do_without():
    required = {name for name, defaults in variables_read().items() if "required" in defaults}
    assert required <= set(environment_of("web"))


def test_caddy_sends_sockets_to_their_own_process():
    sockets, pages = CADDYFILE.index("reverse_proxy ws:"), CADDYFILE.index("reverse_proxy web:")
    assert "/ws/*" in CADDYFILE
    assert sockets < pages


def test_ports_agree():
    for name, port in (("web", "8000"), ("ws", "8001")):
        assert port in SERVICES[name]["command"]
        assert f"reverse_proxy {name}:{port}" in CADDYFILE


def test_image_copies_what_exists_and_does_not_run_as_root():
    dockerfile = (DEPLOY / "Dockerfile").read_text()
    sources = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", dockerfile, re.MULTILINE)
        for source in line.split()[:-1]
        if not source.startswith("--")
    ]
    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert re.findall(r"^USER (.+)$", dockerfile, re.MULTILINE) == ["fitfoodie"]
