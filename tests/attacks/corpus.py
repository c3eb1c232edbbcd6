"""The attacks: what each file says of itself.

An attack is a submission, ``<family>/<name>.py``, that a learner could hand in for the one exercise
of a small course, ``total(x)``: running sums. Where it finds what to attack stands in a file beside
it, ``target.json``. Its docstring says what it is for::

    What it tries, in one sentence.

    must hold: what must be so afterwards
    stopped by: the layers that may be the one that stops it, with commas
    not stopped: a level (what it does there); another (…), if by its nature one does not stop it
    control: where it does succeed, and by which harm; or ``none``, and why

Attacks on the collector are no submissions: their ``make(folder, field)`` puts into a folder what a
class would have handed in.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
FAMILIES = ("verdict", "steal", "speak", "persist", "exhaust", "wire", "reader", "collector")
COLLECTOR = "collector"
#: where an attack succeeds: in a worker without walls; in a grader that imports submissions; with
#: a reader of frames, or a collector, that believes what it reads
CONTROLS = ("off", "classic", "naive", "none")


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack.

    Attributes:
        name: its family and its own name.

        stopped_by: the layers that may be the one that stops it.

        not_stopped: the harm that it does, by level, or by level and user, that lets it.

        control: one of :data:`CONTROLS`.

        harm: what it does there, or why there is no control.

        earns: points for checks that it passes by right.
    """

    name: str
    path: Path
    tries: str
    must_hold: str
    stopped_by: frozenset[str]
    not_stopped: dict[str, str]
    control: str
    harm: str
    earns: int

    def granted(self, name: str) -> list[str]:
        """Return the harm that it does in the round *name*, as the docs say of its level."""
        level = name.partition(",")[0]
        walls, _, more = level.partition(" with ")
        if more not in ("", "processes"):  # that a framework is there excuses nothing
            name, level = name.replace(level, walls), walls
        places = (name, level, level.rpartition(" with ")[2])
        return sorted({self.not_stopped[place] for place in places if place in self.not_stopped})

    @property
    def family(self) -> str:
        """The family's name."""
        return self.name.partition("/")[0]

    @property
    def can_run(self) -> bool:
        """Whether the framework that it is written in is installed."""
        return "# framework: torch" not in self.text or find_spec("torch") is not None

    @property
    def text(self) -> str:
        """The submission."""
        return self.path.read_text(encoding="utf-8")


def read(path: Path) -> Attack:
    """Return the attack at *path*; raises ValueError for a header that is not one."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    tries, _, rest = text.partition("\n\n")
    facts = dict(line.split(": ", 1) for line in rest.splitlines())
    name = f"{path.parent.name}/{path.stem}"
    control, _, harm = facts["control"].partition(", ")
    known = {"must hold", "stopped by", "not stopped", "control", "earns"}
    if control not in CONTROLS or not harm or not tries.endswith(".") or set(facts) - known:
        raise ValueError(f"{name}: not the header of an attack")
    layers = frozenset(facts["stopped by"].split(", "))
    earns = int(facts.get("earns", 0))
    excepted = [one.removesuffix(")") for one in facts.get("not stopped", "").split("; ") if one]
    granted = {place: what for place, _, what in (one.rpartition(" (") for one in excepted)}
    return Attack(name, path, tries, facts["must hold"], layers, granted, control, harm, earns)


def attacks(*families: str) -> list[Attack]:
    """Return the attacks of *families*, or all."""
    folders = [HERE / family for family in families or FAMILIES]
    return [read(path) for folder in folders for path in sorted(folder.glob("*.py"))]


def submissions() -> list[Attack]:
    """Return the attacks that are submissions, also those that cannot be run here."""
    return attacks(*(family for family in FAMILIES if family != COLLECTOR))
