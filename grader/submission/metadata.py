"""What a platform says of a submission beside its files: when, how often, late, for whom."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from ..language import _, listed


class Metadata(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of one learner's submission; empty where nothing is said.

    Attributes:
        platform: which one named it.

        platform_id: the platform's number or login for the learner, or for the submission.

        name: the learner's name, for people.

        attempt: the platform's count, from 1; 0 if it does not count.

        submitted: when, as ISO 8601; without a time zone if the platform does not name one.

        late: whether the platform marked it as late.

        group: everyone it was submitted for, by identifier; empty for a learner alone.
    """

    platform: str = ""
    platform_id: str = ""
    name: str = ""
    section: str = ""
    attempt: int = 0
    submitted: str = ""
    late: bool = False
    group: tuple[str, ...] = ()

    @property
    def seconds(self) -> float | None:
        """When it was submitted, in seconds since 1970; UTC stands in for an unnamed time zone."""
        try:
            when = datetime.fromisoformat(self.submitted)
        except ValueError:
            return None
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def notes_on(metadata: Metadata) -> tuple[str, ...]:
    """Return what a report says of *metadata*."""
    notes = []
    if metadata.late:
        platform = metadata.platform or _("The platform")
        notes.append(_("{platform} marked this submission as late.").format(platform=platform))
    if metadata.attempt > 1:
        notes.append(_("This is attempt {number}.").format(number=metadata.attempt))
    if metadata.group:
        members = listed(metadata.group)
        notes.append(_("It was submitted for the group {members}.").format(members=members))
    return tuple(notes)


def time_of(metadata: Metadata, due: datetime) -> datetime | None:
    """Return when the platform says it was submitted; None if it did not say when.

    Where it names no time zone, that of the date *due* is meant.
    """
    # a date without a time of day does not tell
    if len(metadata.submitted) <= len("2026-12-06"):
        return None
    try:
        found = datetime.fromisoformat(metadata.submitted)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=due.tzinfo)
