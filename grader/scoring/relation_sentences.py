"""What a relation is in words."""

from __future__ import annotations

from collections.abc import Sequence

from grader.language import _
from grader.numerics.relations import Relation


def sentence_of(relation: Relation) -> str:
    """Return the sentence for *relation*, in the language of the run; it holds no value."""
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
    """Return *sentence*, said of some of several results."""
    text = _("About number {numbers} of the results returned together: {sentence}")
    if len(numbers) > 1:
        text = _("About numbers {numbers} of the results returned together: {sentence}")
    return text.format(numbers=", ".join(map(str, numbers)), sentence=sentence)


def of_some(sentence: str) -> str:
    """Return *sentence*, said of those results that are wrong."""
    text = _("This is about those of the results returned together that are wrong: {sentence}")
    return text.format(sentence=sentence)


def of_order(number: int, other: int) -> str:
    """Return the sentence for a result that stands in another one's place."""
    text = _("Of the results returned together, number {number} is what number {other} should be.")
    return text.format(number=number, other=other)


def of_results(numbers: Sequence[int]) -> str:
    """Return the sentence for those of several results that are wrong, where others are right."""
    text = _("Of the results returned together, these are wrong and no others: {numbers}.")
    return text.format(numbers=", ".join(map(str, numbers)))


def of_change(sentence: str) -> str:
    """Return *sentence*, said of how arguments were changed in place."""
    text = _("This is about how much the arguments are changed in place: {sentence}")
    return text.format(sentence=sentence)


def of_topic(topic: str) -> str:
    """Return what mistakes share that give the same results; empty if that is not said."""
    if topic not in TOPICS:
        return ""
    text = _("Several known mistakes give exactly these results. All have to do with {topic}.")
    return text.format(topic=_topics()[topic])


def _topics() -> dict[str, str]:
    return {
        "axis": _("the axis along which something is computed"),
        "factor": _("a factor that is wrong, missing or too many"),
        "sign": _("a sign"),
        "shape": _("the shape of the result"),
        "broadcasting": _("how arrays of different shapes are combined"),
        "stability": _("numbers that become too large or too small on the way"),
        "in_place": _("what is changed in place"),
        "dtype": _("the dtype of the result"),
        "bounds": _("where a range begins or ends"),
        "missing_term": _("a term that is missing"),
        "order": _("the order of things"),
        "randomness": _("what is drawn at random, and when"),
        "mode": _("what differs between training and prediction"),
        "edge_case": _("a case at the edge of what may be handed in"),
    }


#: what a mistake may have to do with
TOPICS = frozenset(_topics())


def _words() -> dict[str, str]:
    return _of_values() | _of_arguments() | _of_survivors() | _of_places() | _of_shapes()


def _of_values() -> dict[str, str]:
    return {
        "zeros": _("Every value is 0."),
        "almost zeros": _("Every value is 0 or almost 0."),
        "times": _("Every value is {factor} times what was expected."),
        "multiple": _(
            "All values are the same multiple of what was expected: a factor is wrong or missing."
        ),
        "multiple in each": _(
            "Within each result, all values are the same multiple of what was expected, but the "
            "multiple changes from one result to the next."
        ),
        "size": _("Every value is the absolute value of what was expected."),
        "signs": _("Every value has the right absolute value, but some have the wrong sign."),
        "rectified": _("Values that should be negative are 0; the others are right."),
        "squared": _("Every value is the square of what was expected."),
        "root": _("Every value is the square root of what was expected."),
        "exponential": _("Every value is the exponential of what was expected."),
        "logarithm": _("Every value is the logarithm of what was expected."),
        "reciprocal": _("Every value is 1 divided by what was expected."),
        "complement": _("Every value is 1 minus what was expected."),
        "inverse exponential": _("Every value is exp(−x), where x is the value that was expected."),
        "negative inverse exponential": _(
            "Every value is −exp(−x), where x is the value that was expected."
        ),
        "shifted": _("All values differ from what was expected by the same amount."),
        "shifted in each": _(
            "Within each result, all values differ from what was expected by the same amount, but "
            "the amount changes from one result to the next."
        ),
        "none finite": _("Every value is NaN or infinite."),
        "right or not finite": _("Values that are numbers are right; the others are not finite."),
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
            "Every value is n times what was expected, "
            "where n is the size of argument {argument} along axis {axis}."
        ),
        "over size": _(
            "Every value is 1/n of what was expected, "
            "where n is the size of argument {argument} along axis {axis}."
        ),
        "times size of all": _(
            "Every value is n times what was expected, "
            "where n is the number of entries of argument {argument}."
        ),
        "over size of all": _(
            "Every value is 1/n of what was expected, "
            "where n is the number of entries of argument {argument}."
        ),
        "times square": _(
            "Every value is n² times what was expected, "
            "where n is the size of argument {argument} along axis {axis}."
        ),
        "over square": _(
            "Every value is 1/n² of what was expected, "
            "where n is the size of argument {argument} along axis {axis}."
        ),
        "times square of all": _(
            "Every value is n² times what was expected, "
            "where n is the number of entries of argument {argument}."
        ),
        "over square of all": _(
            "Every value is 1/n² of what was expected, "
            "where n is the number of entries of argument {argument}."
        ),
        "times argument": _("Every value is what was expected multiplied by argument {argument}."),
        "over argument": _("Multiplied by argument {argument}, every value would be right."),
        "times rest": _(
            "Every value is (1 − p) times what was expected, where p is argument {argument}."
        ),
        "over rest": _(
            "Every value is 1/(1 − p) times what was expected, where p is argument {argument}."
        ),
        "argument": _("The result is argument {argument} as it was handed in."),
        "term missing": _("With argument {argument} added, every value would be right."),
        "term too many": _("With argument {argument} subtracted, every value would be right."),
        "picked": _("In each row, only the entry that argument {argument} names is wrong."),
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
            "All entries that are not 0 are the same multiple of the entries of argument "
            "{argument}, but it is not the right multiple."
        ),
        "survivors by 1": _(
            "All entries that are not 0 are the entries of argument {argument} unchanged; "
            "a factor is missing."
        ),
        **{
            f"survivors by {factor}": _(
                "All entries that are not 0 are {factor} times the entries of argument {argument}, "
                "where p is argument {number}. Another factor is right."
            )
            for factor in ("p", "1/p", "(1 − p)", "1/(1 − p)")
        },
    }


def _of_places() -> dict[str, str]:
    return {
        "reversed": _("The values are right, but in reverse order along axis {axis}."),
        "late": _("The values are right, but one place too far on along axis {axis}."),
        "early": _("The values are right, but one place too soon along axis {axis}."),
        "permuted": _("The values are right, but in another order along axis {axis}."),
        "border": _("Only the border is wrong; everything inside is right."),
        "first wrong": _("Only what comes first along axis {axis} is wrong; the rest is right."),
        "last wrong": _("Only what comes last along axis {axis} is wrong; the rest is right."),
        "some wrong": _(
            "At some positions along axis {axis} everything is right. What sets them apart?"
        ),
        "multiple in slices": _(
            "At each position along axis {axis}, all values are the same multiple of what was "
            "expected, and the multiple changes from one position to the next."
        ),
        "shifted in slices": _(
            "At each position along axis {axis}, all values are off by the same amount, and the "
            "amount changes from one position to the next."
        ),
        "sums": _("The values sum to 1 along axis {axis}; they should along another one."),
        "sums of all": _("All values together sum to 1; those along one axis should."),
    }


def _of_shapes() -> dict[str, str]:
    return {
        "transposed": _("The result is transposed; otherwise it is right."),
        "axes": _("The result is right, but its axes stand in another order."),
        "shape": _("The values are right, but not in the shape that is asked for."),
        "outer": _(
            "For n values that were expected there are n times n, and the right ones are on the "
            "diagonal. What do the shapes (n,) and (n, 1) give when they are combined?"
        ),
        "summed": _("The result is the sum of what was expected along axis {axis}."),
        "summed of all": _("The result is the sum of all values that were expected."),
        "averaged": _("The result is the mean of what was expected along axis {axis}."),
        "averaged of all": _("The result is the mean of all values that were expected."),
        "not summed": _("Summed along axis {axis}, the result would have the right values."),
        "not summed of all": _("The sum of all its values is the value that was expected."),
        "not averaged": _("Averaged along axis {axis}, the result would have the right values."),
        "not averaged of all": _("The mean of all its values is the value that was expected."),
        "repeated": _("The right values are repeated along axis {axis}."),
        "repeated of all": _("The value that was expected is repeated."),
        "end missing": _("The end is missing along axis {axis}; the rest is right."),
        "start missing": _("The beginning is missing along axis {axis}; the rest is right."),
        "end too many": _("There is too much at the end of axis {axis}; the rest is right."),
        "start too many": _(
            "There is too much at the beginning of axis {axis}; the rest is right."
        ),
    }
