"""Promises of sentences: the checks must notice when one is broken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.exercise import Promise

from .findings import Finding
from .measurement import Measurement
from .trials import AuditedExercise, Trial


@dataclass(frozen=True, slots=True)
class KeptPromise:
    """A promise, and the checks that failed under every seed when it was broken.

    Attributes:
        caught: empty also if the broken promise could not be run.

        known: whether it was run.
    """

    promise: Promise
    caught: tuple[str, ...]
    known: bool = True

    def payload(self) -> dict[str, object]:
        """Return it as values that JSON can express."""
        row = self.promise
        edit = {"replace": row.replace, "with": row.replacement}
        return {
            "sentence": row.sentence,
            "held_by": row.held_by,
            "caught": self.caught,
            "broken": {"mistake": row.mistake} if row.mistake else edit,
        }


def kept_promises(
    audited: AuditedExercise, measured: Mapping[Trial, Measurement]
) -> list[KeptPromise]:
    """Return the promises of an exercise, in the order of the file."""
    tried: dict[tuple[str, ...], list[Measurement]] = {}
    for trial, measurement in measured.items():
        if trial.kind in ("mistake", "promise"):
            tried.setdefault(trial.identity, []).append(measurement)
    kept = []
    for row in audited.promises.rows:
        runs = tried.get((row.replace, row.replacement), [])
        checks = runs[0].caught if runs else ()
        caught = (name for name in checks if all(name in run.caught for run in runs))
        kept.append(KeptPromise(row, tuple(caught), bool(runs)))
    return kept


def judged_promises(
    audited: AuditedExercise, measured: Mapping[Trial, Measurement]
) -> tuple[list[KeptPromise], Sequence[Finding]]:
    """Return the promises, and findings on those that nothing holds and on what is left to say."""
    path, record = audited.folder.promises, f"run `gradproof audit {audited.label} --record`"
    kept = kept_promises(audited, measured)
    found = []
    for one in (one for one in kept if one.known):
        row = one.promise
        idle = [name for name in row.held_by if name not in one.caught]
        if not one.caught:
            what = "is caught by no check when it is broken; write one, or drop the sentence"
        elif not row.held_by:
            what = f"does not say which checks hold it; {record}"
        elif idle:
            what = f"is not held by {', '.join(idle)} when it is broken; fix the check, or {record}"
        else:
            continue
        found.append(Finding(f"{audited.name}: {row.sentence!r} {what}", path, row.line))
    for line, sentence in audited.promises.stale:
        what = "stands in the English statement no more; quote what does, or remove it"
        found.append(Finding(f"{audited.name}: {sentence!r} {what}", path, line or None))
    for part in audited.promises.left:
        what = "is neither a promise nor in 'explains'; what breaks it, and which check notices?"
        found.append(Finding(f"{audited.name}: {part!r} {what}", path))
    return kept, found
