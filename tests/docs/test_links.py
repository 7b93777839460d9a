from urllib.parse import unquote

import pytest

from tests.docs.reading import ROOT, anchors, documents, links, name_of

ENTRANCES = {"README.md"}


def is_local(target):
    return "://" not in target and not target.startswith("mailto:")


def resolved(path, target):
    file_part, _hash, _anchor = target.partition("#")
    return (path.parent / unquote(file_part)).resolve() if file_part else path


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_links_lead_somewhere(path):
    local = [target for target in links(path) if is_local(target)]
    assert [target for target in local if not resolved(path, target).exists()] == []


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_anchors_exist(path):
    pointed = [target for target in links(path) if is_local(target) and "#" in target]
    missing = [t for t in pointed if t.partition("#")[2] not in anchors(resolved(path, t))]
    assert missing == []


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_links_stay_inside_the_repository(path):
    outside = [t for t in links(path) if is_local(t) and not resolved(path, t).is_relative_to(ROOT)]
    assert outside == []


def test_every_page_can_be_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached or path.suffix != ".md" or not path.exists():
            continue
        reached.add(path)
        waiting.extend(resolved(path, target) for target in links(path) if is_local(target))
    assert [name_of(path) for path in documents() if path not in reached] == []
