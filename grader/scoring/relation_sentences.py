"""Sentences for the relations between wrong and right results."""

from __future__ import annotations

from collections.abc import Sequence

from grader.language import _, listed
from grader.numerics.relations import Relation


def sentence_of(relation: Relation) -> str:
    """Return the sentence for *relation*, in the language of the run; it contains no value."""
    whole = " of all" if relation.axis is None else ""
    words = _words()
    named = f"{relation.kind} by {relation.factor}"
    text = words.get(named) or words.get(relation.kind + whole) or words[relation.kind]
    return text.format(
        factor=relation.factor.replace("-", "−"),
        argument=relation.argument,
        axis=relation.axis,
        number=relation.number,
    )


def of_items(numbers: Sequence[int], sentence: str) -> str:
    """Return *sentence*, limited to some of several results."""
    text = _("Returned result {numbers}: {sentence}")
    if len(numbers) > 1:
        text = _("Returned results {numbers}: {sentence}")
    return text.format(numbers=listed(map(str, numbers)), sentence=sentence)


def of_some(sentence: str) -> str:
    """Return *sentence*, limited to the wrong results."""
    text = _("For the returned results that are wrong: {sentence}")
    return text.format(sentence=sentence)


def of_order(number: int, other: int) -> str:
    """Return the sentence for a result that is in another one's place."""
    text = _("Returned result {number} is what result {other} should be.")
    return text.format(number=number, other=other)


def of_results(numbers: Sequence[int]) -> str:
    """Return the sentence that lists the wrong ones of several results."""
    text = _("Of the returned results, only these are wrong: {numbers}.")
    return text.format(numbers=listed(map(str, numbers)))


def of_change(sentence: str, some: bool = False) -> str:
    """Return *sentence*, applied to the changes of arguments in place, or to *some* of them."""
    text = _("For the in-place changes to the arguments: {sentence}")
    if some:
        text = _("For those in-place changes to the arguments that are wrong: {sentence}")
    return text.format(sentence=sentence)


def of_calls(sentence: str) -> str:
    """Return *sentence*, limited to the calls that go wrong."""
    return _("In the calls that go wrong: {sentence}").format(sentence=sentence)


def of_topic(topic: str) -> str:
    """Return the sentence for a topic shared by several mistakes; empty if it is unknown."""
    if topic not in TOPICS:
        return ""
    text = _("Several known mistakes give exactly these results. All of them concern {topic}.")
    return text.format(topic=_topics()[topic])


def _topics() -> dict[str, str]:
    return {
        "axis": _("the axis of a computation"),
        "factor": _("a factor that is wrong, missing or superfluous"),
        "sign": _("a sign"),
        "shape": _("the shape of the result"),
        "broadcasting": _("combining arrays of different shapes (broadcasting)"),
        "stability": _("intermediate values that overflow or underflow"),
        "in_place": _("changes in place"),
        "dtype": _("the dtype of the result"),
        "bounds": _("the start or end of a range"),
        "missing_term": _("a missing term"),
        "order": _("the order of steps"),
        "randomness": _("random draws and when they happen"),
        "mode": _("the difference between training and prediction"),
        "edge_case": _("an edge case of the input"),
        "loop": _("work on single entries where whole arrays are asked for"),
    }


#: the topics of mistakes
TOPICS = frozenset(_topics())


def _words() -> dict[str, str]:
    return _of_values() | _of_arguments() | _of_survivors() | _of_places() | _of_shapes()


def _of_values() -> dict[str, str]:
    return {
        "zeros": _("Every value is 0."),
        "almost zeros": _("Every value is 0 or almost 0."),
        "times": _("Every value is {factor} times the expected value."),
        "multiple": _(
            "All values are the same multiple of the expected values: a factor is wrong or missing."
        ),
        "multiple in each": _(
            "Within each result, all values are the same multiple of what was expected, but the "
            "multiple changes from one result to the next."
        ),
        "size": _("Every value is the absolute value of the expected value."),
        "signs": _("Every value has the right absolute value, but some have the wrong sign."),
        "rectified": _("Values that should be negative are 0; the others are right."),
        "squared": _("Every value is the square of the expected value."),
        "root": _("Every value is the square root of the expected value."),
        "exponential": _("Every value is the exponential of the expected value."),
        "logarithm": _("Every value is the logarithm of the expected value."),
        "reciprocal": _("Every value is 1 divided by the expected value."),
        "complement": _("Every value is 1 minus the expected value."),
        "inverse exponential": _("Every value is exp(−x), where x is the expected value."),
        "negative inverse exponential": _(
            "Every value is −exp(−x), where x is the expected value."
        ),
        "shifted": _("All values differ from the expected values by the same amount."),
        "shifted in each": _(
            "Within each result, all values differ from what was expected by the same amount, but "
            "the amount changes from one result to the next."
        ),
        "none finite": _("Every value is NaN or infinite."),
        "right or not finite": _("The finite values are right; the others are NaN or infinite."),
        "right or zero": _("Some values are 0; all others are right."),
        "right or the same": _("All wrong values are the same number; the others are right."),
        "right or the same in each": _(
            "Within each result, all wrong values are the same number; the others are right."
        ),
        "constant": _("All values of a result are the same; they should differ."),
        "above": _("Every value is larger than it should be."),
        "below": _("Every value is smaller than it should be."),
    }


def _of_arguments() -> dict[str, str]:
    return {
        "times size": _(
            "Every value is n times the expected value, where n is the size of argument "
            "{argument} along axis {axis}."
        ),
        "over size": _(
            "Every value is 1/n of the expected value, where n is the size of argument "
            "{argument} along axis {axis}."
        ),
        "times size of all": _(
            "Every value is n times the expected value, where n is the number of entries of "
            "argument {argument}."
        ),
        "over size of all": _(
            "Every value is 1/n of the expected value, where n is the number of entries of "
            "argument {argument}."
        ),
        "times square": _(
            "Every value is n² times the expected value, where n is the size of argument "
            "{argument} along axis {axis}."
        ),
        "over square": _(
            "Every value is 1/n² of the expected value, where n is the size of argument "
            "{argument} along axis {axis}."
        ),
        "times square of all": _(
            "Every value is n² times the expected value, where n is the number of entries of "
            "argument {argument}."
        ),
        "over square of all": _(
            "Every value is 1/n² of the expected value, where n is the number of entries of "
            "argument {argument}."
        ),
        "times argument": _("Every value is the expected value multiplied by argument {argument}."),
        "over argument": _("Multiplied by argument {argument}, every value would be right."),
        "times rest": _(
            "Every value is (1 − p) times the expected value, where p is argument {argument}."
        ),
        "over rest": _(
            "Every value is 1/(1 − p) times the expected value, where p is argument {argument}."
        ),
        "argument": _("The result is argument {argument}, unchanged."),
        "term missing": _("With argument {argument} added, every value would be right."),
        "term too many": _("With argument {argument} subtracted, every value would be right."),
        "picked": _("In each row, only the entry that argument {argument} selects is wrong."),
        "where negative": _(
            "Values are wrong where argument {argument} is negative, and right elsewhere."
        ),
        "where positive": _(
            "Values are wrong where argument {argument} is positive, and right elsewhere."
        ),
    }


def _of_survivors() -> dict[str, str]:
    return {
        "survivors": _(
            "All nonzero entries are the same multiple of those of argument {argument}, but the "
            "multiple is wrong."
        ),
        "survivors by 1": _(
            "All nonzero entries equal those of argument {argument}; a factor is missing."
        ),
        **{
            f"survivors by {factor}": _(
                "All nonzero entries are {factor} times those of argument {argument}, where p is "
                "argument {number}. This factor is wrong."
            )
            for factor in ("p", "1/p", "(1 − p)", "1/(1 − p)")
        },
    }


def _of_places() -> dict[str, str]:
    return {
        "reversed": _("The values are right, but in reverse order along axis {axis}."),
        "late": _("The values are right, but one position too late along axis {axis}."),
        "early": _("The values are right, but one position too early along axis {axis}."),
        "permuted": _("The values are right, but in a different order along axis {axis}."),
        "border": _("Only the border is wrong; everything inside is right."),
        "first wrong": _("Only the first position along axis {axis} is wrong; the rest is right."),
        "last wrong": _("Only the last position along axis {axis} is wrong; the rest is right."),
        "some wrong": _(
            "At some positions along axis {axis} everything is right. What sets them apart?"
        ),
        "multiple in slices": _(
            "At each position along axis {axis}, all values are the same multiple of the "
            "expected values, but the multiple differs between positions."
        ),
        "shifted in slices": _(
            "At each position along axis {axis}, all values are off by the same amount, but the "
            "amount differs between positions."
        ),
        "sums": _("The values sum to 1 along axis {axis}, but should do so along another axis."),
        "sums of all": _(
            "All values together sum to 1; instead, the values along one axis should."
        ),
    }


def _of_shapes() -> dict[str, str]:
    return {
        "transposed": _("The result is transposed; otherwise it is right."),
        "axes": _("The result is right, except for the order of its axes."),
        "shape": _("The values are right, but the shape is wrong."),
        "outer": _(
            "There are n × n values instead of n, and the right ones are on the diagonal. What "
            "do the shapes (n,) and (n, 1) give when they are combined?"
        ),
        "summed": _("The result is the sum of the expected values along axis {axis}."),
        "summed of all": _("The result is the sum of all expected values."),
        "averaged": _("The result is the mean of the expected values along axis {axis}."),
        "averaged of all": _("The result is the mean of all expected values."),
        "not summed": _("Summed along axis {axis}, the result would have the right values."),
        "not summed of all": _("The sum of all its values is the expected value."),
        "not averaged": _("Averaged along axis {axis}, the result would have the right values."),
        "not averaged of all": _("The mean of all its values is the expected value."),
        "repeated": _("The right values are repeated along axis {axis}."),
        "repeated of all": _("The expected value is repeated."),
        "end missing": _("The end is missing along axis {axis}; the rest is right."),
        "start missing": _("The beginning is missing along axis {axis}; the rest is right."),
        "end too many": _("There are extra entries at the end of axis {axis}; the rest is right."),
        "start too many": _(
            "There are extra entries at the beginning of axis {axis}; the rest is right."
        ),
    }
