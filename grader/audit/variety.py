"""Judges what checks call an exercise with: what was never varied, no check can have looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.course.stated_shapes import Shapes
from grader.exercise import DEMANDS, Variation

from .inputs_seen import ArgumentSeen, InputsSeen

#: an end of a range is near within this factor
_NEAR = 10
_RANKS = range(4)
_NAME = re.compile(r"[A-Za-z_]\w*")
_AXIS = re.compile(r"(\w+)\[(\d+)\]")
#: an argument and one of its axes, or none for a number
Place = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Gap:
    """What an argument never was.

    Attributes:
        demand: the one of :data:`~grader.exercise.DEMANDS` that asks for it; empty if a phrase
            does.

        axis: the one that it is about, if it is about one.
    """

    argument: str
    what: str
    demand: str = ""
    axis: int | None = None

    @property
    def remedy(self) -> str:
        """What the author can do."""
        if not self.demand:
            return "draw it in a check, or mend 'varies' in course.toml"
        axis = "" if self.axis is None else f" on axis {self.axis}"
        phrase = f'varies = {{ {self.argument} = "no {self.demand}{axis} (why)" }}'
        return f"draw it in a check, or say in course.toml: {phrase}"


def gaps_in(seen: InputsSeen, varies: Sequence[Variation], shapes: Shapes) -> list[Gap]:
    """Return what no call was given.

    Args:
        varies: what the author says of arguments.

        shapes: what the statement says of them.
    """
    said = _all_said(seen, varies)
    found: list[Gap] = []
    for gap in _gaps_in(seen, said, shapes):
        # Where sizes must be equal, one of them speaks for all.
        same = _equal_to(seen, gap.argument, gap.axis)
        told = {(one.argument, one.axis) for one in found if one.demand == gap.demand}
        if not told & same and all(said[name].asks_for(gap.demand, axis) for name, axis in same):
            found.append(gap)
    return found


def _all_said(seen: InputsSeen, varies: Sequence[Variation]) -> dict[str, Variation]:
    said = {one.argument: one for one in varies}
    return {name: said.get(name, Variation(name)) for name in seen.arguments}


def _gaps_in(seen: InputsSeen, said: Mapping[str, Variation], shapes: Shapes) -> Iterator[Gap]:
    for name, argument in seen.arguments.items():
        yield from _gaps_of(name, argument, shapes.get(name, {}), said[name])
    yield from _coincidences(seen, said, shapes)


def _equal_to(seen: InputsSeen, name: str, axis: int | None) -> set[Place]:
    """Return the sizes that were always equal to that of one axis."""
    if axis is None:
        return set()
    pairs = ({_place(one), _place(other)} for one, other in seen.always_equal)
    return {place for pair in pairs if (name, axis) in pair for place in pair} - {(name, axis)}


def idle_in(seen: InputsSeen, varies: Sequence[Variation], shapes: Shapes) -> Iterator[Gap]:
    """Yield the demands that *varies* takes away although they are met."""
    everything = [replace(one, without=frozenset()) for one in varies]
    gaps = _gaps_in(seen, _all_said(seen, everything), shapes)
    unmet = {(gap.argument, gap.demand, gap.axis) for gap in gaps}
    for one in (one for one in varies if one.argument in seen.arguments):
        left = {(demand, axis) for name, demand, axis in unmet if name == one.argument}
        if {(demand, None) for demand in DEMANDS} <= one.without:
            if not left:
                yield Gap(one.argument, "is not fixed: it varies as it should; remove 'fixed'")
            continue
        for demand, axis in sorted(one.without, key=str):
            if not any(demand == d and axis in (None, a) for d, a in left):
                where = "" if axis is None else f" on axis {axis}"
                yield Gap(
                    one.argument, f"needs no 'no {demand}{where}', as it does vary; remove it"
                )


def _gaps_of(
    name: str, seen: ArgumentSeen, shapes: Mapping[int, tuple[str, ...]], said: Variation
) -> Iterator[Gap]:
    if seen.optional and said.asks_for("default"):
        if not seen.given:
            yield Gap(name, f"{name} was never given", "default")
            return
        if not seen.left_out:
            yield Gap(name, f"{name} was never left out", "default")
    items = seen.items or ArgumentSeen()
    if "list" in seen.kinds:
        yield from _of_lengths(name, seen, said)
        yield from _of_sizes(name, f"an array in {name}", items, {}, said)
    yield from _of_sizes(name, name, seen, shapes, said)
    yield from _of_numbers(name, seen, said)
    whole = items if "list" in seen.kinds else seen
    yield from _of_words(name, whole, said)
    yield from _of_bounds(name, whole, said)


def _of_lengths(name: str, seen: ArgumentSeen, said: Variation) -> Iterator[Gap]:
    if len(seen.lengths) < 2:
        # a pair is no list of one length among others
        if said.asks_for("other lengths"):
            (only,) = seen.lengths
            yield Gap(name, f"{name} always had {only} items", "other lengths")
    elif 1 not in seen.lengths and said.asks_for("length 1"):
        yield Gap(name, f"{name} never had just 1 item", "length 1")


def _of_sizes(
    name: str,
    called: str,
    seen: ArgumentSeen,
    shapes: Mapping[int, tuple[str, ...]],
    said: Variation,
) -> Iterator[Gap]:
    """Yield sizes that no array had, of the number of axes that most had."""
    if not seen.shapes:
        return
    rank = max(seen.shapes, key=lambda rank: (seen.shapes[rank], rank))
    stated = shapes.get(rank, ("",) * rank)
    for axis, (sizes, size) in enumerate(zip(seen.sizes[rank], stated, strict=True)):
        if size.isdigit():
            continue
        if len(sizes) < 2:
            if said.asks_for("other sizes", axis):
                what = f"{called} always had {_counted(rank, axis, min(sizes))}"
                yield Gap(name, what, "other sizes", axis)
        # 4h and d + 1 are hardly ever 1
        elif 1 not in sizes and _is_plain(size) and said.asks_for("size 1", axis):
            yield Gap(name, f"{called} never had {_counted(rank, axis, 1)}", "size 1", axis)


def _is_plain(size: str) -> bool:
    return not size or bool(_NAME.fullmatch(size))


def _counted(rank: int, axis: int, size: int) -> str:
    """Return a size in words, such as ``1 column``."""
    if rank > 2:
        return f"size {size} on axis {axis}"
    word = "entr" if rank == 1 else ("row", "column")[axis]
    end = ("y" if size == 1 else "ies") if rank == 1 else ("" if size == 1 else "s")
    return f"{size} {word}{end}"


def _of_numbers(name: str, seen: ArgumentSeen, said: Variation) -> Iterator[Gap]:
    """Yield values that no number or word had."""
    values: set[int | float] | set[str] = seen.numbers or seen.texts
    if not values or seen.shapes:  # a number in place of an array is one of its forms
        return
    few = " and ".join(str(value) for value in sorted(values, key=str))
    if len(values) < 2:
        if said.asks_for("other value") and not {"none", "list", "other"} & seen.kinds:
            yield Gap(name, f"{name} was always {few}", "other value")
    elif "float" in seen.kinds:
        if all(map(_is_round, seen.numbers)) and said.asks_for("fraction"):
            yield Gap(name, f"{name} was always round, never such as 0.37", "fraction")
    elif seen.numbers and len(values) < 3 and said.asks_for("third value"):
        yield Gap(name, f"{name} was only {few}", "third value")


def _is_round(number: float) -> bool:
    """Whether a number is a multiple of a quarter, or has one digit, such as 0.3 and 1e-5."""
    return number * 4 == int(number * 4) or float(f"{number:.0e}") == number


def _of_words(name: str, seen: ArgumentSeen, said: Variation) -> Iterator[Gap]:
    """Yield what the words of a phrase ask for, and signs."""
    if "any shape" in said.words:
        left = [str(rank) for rank in _RANKS if rank not in seen.shapes]
        if left:
            yield Gap(name, f"{name} never had {' or '.join(left)} axes")
    restricted = {"positive", "not negative"} & said.words
    for word in sorted(restricted):
        if seen.negative or (word == "positive" and seen.zero):
            yield Gap(name, f"{name} is said to be {word}, but was {seen.lowest:g}")
    if said.bounds and said.bounds[0] >= 0:
        restricted.add("range")
    if seen.lowest == 0 and seen.smallest == seen.largest == 1:
        restricted.add("indicators")
    if "both signs" in said.words or ("array" in seen.kinds and not restricted):
        for sign, was in (("negative", seen.negative), ("positive", seen.positive)):
            if not was:
                other = "; if it cannot be, say 'not negative' in 'varies'" * (sign == "negative")
                yield Gap(name, f"{name} was never {sign}{other}")


def _of_bounds(name: str, seen: ArgumentSeen, said: Variation) -> Iterator[Gap]:
    """Yield the ends of a range that no number came near, and that one was below 0.

    A range above 0 of numbers of both signs is one of magnitudes.
    """
    if said.bounds is None or seen.lowest is None or seen.highest is None:
        return
    low, high = said.bounds
    either = "both signs" in said.words
    if low >= 0 and seen.lowest < 0 and not either:
        yield Gap(name, f"{name} is said to be from {low:g} to {high:g}, but was {seen.lowest:g}")
    if low == 0 and not seen.zero:
        yield Gap(name, f"{name} was never 0")
    elif low > 0 and not 0 < seen.smallest <= low * _NEAR:
        yield Gap(name, f"{name} was never near {low:g}, but {seen.smallest:g} or more")
    elif low < 0 and seen.lowest > low / _NEAR:
        yield Gap(name, f"{name} was never near {low:g}, but {seen.lowest:g} or more")
    near = high if (low, high) == (0, 1) else high / _NEAR if high > 0 else high * _NEAR
    highest = seen.largest if either else seen.highest
    if highest < near:
        yield Gap(name, f"{name} was never near {high:g}, but {highest:g} or less")


def _coincidences(seen: InputsSeen, said: Mapping[str, Variation], shapes: Shapes) -> Iterator[Gap]:
    """Yield sizes that were always equal and need not be."""
    told: set[tuple[str, str]] = set()
    for pair in sorted(seen.always_equal):
        places = [_place(one) for one in pair]
        names = [_stated(seen, shapes, *place) for place in places]
        if not all(_varied(seen, *place) for place in places) or not _may_differ(places, names):
            continue
        (one, axis), (other, _axis) = places
        key = (names[0], names[1]) if all(names) else (str(places[0]), str(places[1]))
        if key in told or not all(said[n].asks_for("unequal sizes", a) for n, a in places):
            continue
        told.add(key)
        what = f"{_sized(seen, one, axis)} always equalled {_sized(seen, other, _axis)}"
        yield Gap(one, what, "unequal sizes", axis)


def _may_differ(places: Sequence[Place], names: Sequence[str]) -> bool:
    """Whether two sizes, as the statement calls them, need not be equal."""
    (one, axis), (other, other_axis) = places
    if all(names):
        plain = all(_NAME.fullmatch(name) for name in names)
        return plain and names[0] != names[1]
    # Of sizes that the statement does not name, those of one array may differ; between arrays,
    # nobody can tell. A whole number that an array's size tells already need not be passed.
    return one == other or axis is None or other_axis is None


def _place(key: str) -> Place:
    """Return the argument and the axis of a size."""
    match = _AXIS.fullmatch(key)
    return (match[1], int(match[2])) if match else (key, None)


def _stated(seen: InputsSeen, shapes: Shapes, name: str, axis: int | None) -> str:
    """Return what the statement calls a size; a whole number has its own name."""
    if axis is None:
        return name
    ranks = seen.arguments[name].shapes
    rank = max(ranks, key=lambda rank: (ranks[rank], rank))
    stated = shapes.get(name, {}).get(rank, ())
    return stated[axis] if axis < len(stated) else ""


def _varied(seen: InputsSeen, name: str, axis: int | None) -> bool:
    """Whether a size had more than one value."""
    argument = seen.arguments[name]
    if axis is None:
        return len(argument.numbers) > 1
    sizes = [of_rank[axis] for rank, of_rank in argument.sizes.items() if axis < rank]
    return len(set().union(*sizes)) > 1


def _sized(seen: InputsSeen, name: str, axis: int | None) -> str:
    """Return a size in words."""
    if axis is None:
        return name
    ranks = seen.arguments[name].shapes
    rank = max(ranks, key=lambda rank: (ranks[rank], rank))
    if rank > 2 or axis >= rank:
        return f"axis {axis} of {name}"
    words = ("entries",) if rank == 1 else ("rows", "columns")
    return f"the number of {words[axis]} of {name}"
