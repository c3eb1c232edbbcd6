"""No attack succeeds behind any walls, and each does where there are none."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from grader.sandbox.isolation import STRONGEST

from .corpus import COLLECTOR, FAMILIES, Attack, attacks, submissions
from .rounds import ROOT, USER, rounds, run_all

if sys.platform != "linux":
    pytest.skip("walls need Linux", allow_module_level=True)

EVERY = attacks()
WALLED = {one.name: one for one in rounds() if one.command[0] == "grading" and one.name != "off"}
#: what grades in most places; each of the others takes as long
MOST_USED = f"{STRONGEST}, {USER}"
MARKS = {name: () if name == MOST_USED else (pytest.mark.slow, pytest.mark.rare) for name in WALLED}
TRIED = [
    pytest.param(name, attack, id=f"{name}-{attack.name}", marks=MARKS[name])
    for name, one in WALLED.items()
    for attack in submissions()
    if one.covers(attack)
]
#: how it ends what a round says that cannot be run here
SKIPPED = ("cannot read this Python installation", "is not installed")
CONTROLLED = [attack for attack in EVERY if attack.control != "none"]


@pytest.fixture(scope="module")
def found(request: pytest.FixtureRequest) -> dict[str, dict[str, Any]]:
    """Return what every round found whose tests are run."""
    chosen = {COLLECTOR}
    for item in request.session.items:
        params = item.callspec.params if hasattr(item, "callspec") else {}
        chosen.add(params.get("name", ""))
        if getattr(item, "originalname", "") == test_it_does_succeed_without_walls.__name__:
            chosen.add(params["attack"].control)
    return run_all(chosen={one.name for one in rounds()} & chosen)


def record(found: dict[str, dict[str, Any]], name: str, attack: Attack) -> dict[str, Any]:
    """Return what a round found of an attack; skips, and says why, if it could not be run."""
    if "error" in found[name] and found[name]["error"].endswith(SKIPPED):
        pytest.skip(found[name]["error"])
    assert "error" not in found[name], found[name]["error"]
    asked = name.partition(",")[0]
    if name in WALLED and found[name]["level"] != asked:
        pytest.skip(f"{asked} cannot be had here")
    if not attack.can_run:
        pytest.skip("PyTorch is not installed")
    return next(one for one in found[name]["records"] if one["attack"] == attack.name)


def test_the_corpus_is_large() -> None:
    """Eighty attacks at least, in every family, and hardly one without a control."""
    by_family = {family: len(attacks(family)) for family in FAMILIES}

    assert len(EVERY) >= 80
    assert min(by_family.values()) >= 8, by_family
    assert len(CONTROLLED) >= 0.75 * len(EVERY)


@pytest.mark.parametrize(("name", "attack"), TRIED)
def test_no_attack_succeeds(found: dict[str, Any], name: str, attack: Attack) -> None:
    """It harms nothing and no one, and is stopped by a layer that is meant to stop it.

    But for what it says that a level does not stop: that it does.
    """
    one = record(found, name, attack)

    assert one["harms"] == attack.granted(name), one["message"]
    # what Landlock keeps is kept by permissions where workers are another user and no more
    layer = "Landlock" if one["layer"] == "another user" else one["layer"]
    assert layer in attack.stopped_by or one["harms"], (
        one["outcome"],
        one["layer"],
        one["message"],
    )


def test_what_a_level_does_not_stop_stands_in_the_docs() -> None:
    """No attack is let through in silence, and none by one of the two strongest levels."""
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    granted = {attack.name: attack.not_stopped for attack in EVERY if attack.not_stopped}

    assert [name for name in granted if f"`{name}`" not in page] == []
    for places in granted.values():
        assert not {"bubblewrap", "private root", "landlock"} & set(places)


@pytest.mark.parametrize("attack", attacks(COLLECTOR), ids=lambda attack: attack.name)
def test_no_collector_is_fooled(found: dict[str, Any], attack: Attack) -> None:
    """The hand-in is refused with a reason, or taken and harmless; the honest one is taken."""
    one = record(found, COLLECTOR, attack)

    assert one["harms"] == [], one["message"]
    assert one["layer"] in attack.stopped_by, (one["outcome"], one["message"])


@pytest.mark.slow
@pytest.mark.parametrize("attack", CONTROLLED, ids=lambda attack: attack.name)
def test_it_does_succeed_without_walls(found: dict[str, Any], attack: Attack) -> None:
    """An attack that cannot succeed anywhere would prove nothing."""
    one = record(found, attack.control, attack)

    assert attack.harm in one["harms"], (one["outcome"], one["message"])


@pytest.mark.parametrize("name", [pytest.param(name, marks=MARKS[name]) for name in WALLED])
def test_nothing_is_left_over(found: dict[str, Any], name: str) -> None:
    """No process and no file, when the zygote is closed; and it was run by whom it says."""
    record(found, name, next(filter(WALLED[name].covers, submissions())))

    assert found[name]["left"] == []
    assert found[name]["left over"] == []
    assert name == f"{found[name]['level']}, {found[name]['user']}"
