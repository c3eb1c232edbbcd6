"""Prints every attack, what it did behind each kind of walls, and what stopped it.

``python -m tests.attacks.table [NAME ...]``; with ``--families``, a line for each family, with
``--rounds "tensorflow"`` only the runs with that in their name, and a line for each of them.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from typing import Any

from .corpus import COLLECTOR, FAMILIES, Attack, attacks
from .rounds import rounds, run_all

_CONTROLS = ("off", "classic", "naive")


def _of(found: dict[str, Any], name: str, attack: Attack) -> dict[str, Any] | None:
    records = found[name].get("records", [])
    return next((one for one in records if one["attack"] == attack.name), None)


def _cell(one: dict[str, Any] | None, granted: list[str]) -> str:
    """Return what stopped an attack, or the harm that it did; with a word if that is known."""
    if one is None:
        return ""
    harms = ", ".join(one["harms"])
    if harms and one["harms"] == granted:
        return f"not stopped: {harms}"
    return f"**{harms}**" if harms else str(one["layer"])


def _control(found: dict[str, Any], attack: Attack) -> str:
    one = _of(found, attack.control, attack) if attack.control != "none" else None
    if one is None:
        return f"not run: {attack.harm}"
    won = attack.harm in one["harms"]
    return f"{attack.control}: {attack.harm}" if won else "**did not succeed**"


def whole(found: dict[str, Any], chosen: list[Attack]) -> str:
    """Return one line for each attack."""
    levels = [name for name in found if name not in (*_CONTROLS, COLLECTOR)]
    lines = [f"| attack | what it tries | {' | '.join(levels)} | control |"]
    lines.append("|---" * (len(levels) + 3) + "|")
    for attack in chosen:
        names = [COLLECTOR] if attack.family == COLLECTOR else levels
        cells = [_cell(_of(found, name, attack), attack.granted(name)) for name in names]
        cells += [cells[0]] * (len(levels) - len(cells))
        row = [attack.name, attack.tries, *cells, _control(found, attack)]
        lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines)


def families(found: dict[str, Any], chosen: list[Attack]) -> str:
    """Return one line for each family: how many succeeded, by what the others were stopped."""
    levels = [name for name in found if name not in (*_CONTROLS, COLLECTOR)]
    lines = [f"| family | attacks | succeeded: {'; '.join(levels)} | stopped by | control |"]
    lines.append("|---|---|---|---|---|")
    for family in FAMILIES:
        mine = [attack for attack in chosen if attack.family == family]
        names = [COLLECTOR] if family == COLLECTOR else levels
        stopped: Counter[str] = Counter()
        succeeded = []
        for name in names:
            pairs = [(_of(found, name, attack), attack.granted(name)) for attack in mine]
            records = [one for one, _granted in pairs]
            known = sum(bool(one and one["harms"] == granted != []) for one, granted in pairs)
            others = sum(bool(one and one["harms"] != granted) for one, granted in pairs)
            tried_here = any(records)
            count = f"{others} and {known} as said" if known else str(others)
            succeeded.append(count if tried_here else "–")
            stopped.update(one["layer"] for one in records if one and not one["harms"])
        tried = [attack for attack in mine if attack.control != "none"]
        won = sum(_control(found, attack).startswith(attack.control) for attack in tried)
        by = ", ".join(f"{layer}" for layer, _number in stopped.most_common())
        row = [family, str(len(mine)), "; ".join(succeeded), by, f"{won} of {len(tried)} succeed"]
        lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines)


def by_round(found: dict[str, dict[str, Any]], chosen: list[Attack]) -> str:
    """Return one line for each run: how many attacks succeeded, which, and what is left over."""
    lines = ["| run | attacks | succeed | as said | left over |", "|---|--:|--:|--:|---|"]
    for name, one in found.items():
        pairs = [(attack, _of(found, name, attack)) for attack in chosen]
        ended = [(attack, record) for attack, record in pairs if record]
        said = [a for a, record in ended if record["harms"] == a.granted(name) != []]
        wrong = [a.name for a, record in ended if set(record["harms"]) - set(a.granted(name))]
        left = ", ".join([*one.get("left", []), *one.get("left over", [])]) or "nothing"
        succeed = " ".join([str(len(wrong)), *wrong])
        row = [name, str(len(ended)), succeed, str(len(said)), one.get("error", left)]
        lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines)


def main() -> None:
    """Run the corpus and print the table."""
    parser = argparse.ArgumentParser(description="Every attack, at every level.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="attacks; none means all")
    parser.add_argument("--families", action="store_true", help="a line for each family")
    parser.add_argument(
        "--rounds", metavar="TEXT", help="runs with TEXT in their name, a line each"
    )
    options = parser.parse_args()
    began = time.monotonic()
    runs = [one.name for one in rounds() if (options.rounds or "") in one.name]
    found = run_all(options.names, runs)
    chosen = [attack for attack in attacks() if attack.name in options.names or not options.names]
    show = by_round if options.rounds else families if options.families else whole
    sys.stdout.write(show(found, chosen) + "\n\n")
    for name, one in found.items() if not options.rounds else ():
        left = [*one.get("left", []), *one.get("left over", [])] or "nothing"
        sys.stdout.write(f"{name}: {one.get('error') or f'left over: {left}'}\n")
    sys.stdout.write(f"{time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
