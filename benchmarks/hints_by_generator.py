"""Do learners get a random exercise's hints, whatever draws their random numbers?

The known mistakes of the exercises that draw random numbers are written again in NumPy and JAX, and
each draws from every generator that a learner may use. Counted is who gets the hint of the mistake,
and who gets another's.

    python benchmarks/hints_by_generator.py [--show]
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.course.catalogue import Course, apply_mistake  # noqa: E402  # needs the path above
from grader.exercise import Assignment, Submission  # noqa: E402
from grader.grading.setup import (  # noqa: E402
    diagnosis_for,
    plan_for,
    reference_for,
    text_submission,
)
from grader.outcome import NOT_LOST  # noqa: E402
from grader.sandbox.zygote import Zygote  # noqa: E402
from grader.scoring.plan import Job  # noqa: E402
from grader.scoring.session import collected_checks  # noqa: E402

#: correct solutions in which UNIFORM[shape], NORMAL[shape], ORDER[n] and NUMBERS[n, shape] draw
RIGHT = {
    "dropout": """
def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return np.zeros_like(X)
    mask = UNIFORM[X.shape] >= p
    return mask * X / (1 - p)
""",
    "data_iter": """
def data_iter(batch_size, features, labels):
    num_examples = len(features)
    indices = ORDER[num_examples]
    for start in range(0, num_examples, batch_size):
        batch = indices[start:start + batch_size]
        yield features[batch], labels[batch]
""",
    "synthetic_data": """
def synthetic_data(w, b, num_examples):
    features = NORMAL[(num_examples, len(w))].astype(w.dtype)
    labels = features @ w + b
    labels = labels + (0.01 * NORMAL[labels.shape]).astype(w.dtype)
    return features, labels
""",
}
#: by exercise, and name of the known mistake: what it replaces in these, and the replacement
WRONG = {
    "dropout": {
        "not_scaled": (" / (1 - p)", ""),
        "multiplied": ("X / (1 - p)", "X * (1 - p)"),
        "divided_by_p": ("X / (1 - p)", "X / p"),
        "seen_share": ("X / (1 - p)", "X / mask.astype(X.dtype).mean()"),
        "keeps_with_p": ("UNIFORM[X.shape] >= p", "UNIFORM[X.shape] < p"),
        "p_is_kept": (
            "UNIFORM[X.shape] >= p\n    return mask * X / (1 - p)",
            "UNIFORM[X.shape] < p\n    return mask * X / p",
        ),
        "always_half": ("UNIFORM[X.shape] >= p", "UNIFORM[X.shape].round().astype(X.dtype)"),
        "normal_noise": ("UNIFORM", "NORMAL"),
        "whole_examples": ("UNIFORM[X.shape]", "UNIFORM[X[:, :1].shape]"),
        "same_for_all_examples": ("UNIFORM[X.shape]", "UNIFORM[X[:1].shape]"),
        "whole_channels": (
            "UNIFORM[X.shape]",
            "UNIFORM[(X[..., :1, :1] if X.ndim == 4 else X).shape]",
        ),
        "exact_count": (
            "UNIFORM[X.shape] >= p",
            "UNIFORM[X.size].argsort().reshape(X.shape) >= p * X.size",
        ),
        "two_dimensions_only": ("UNIFORM[X.shape]", "UNIFORM[(X.shape[0], X.shape[1])]"),
        "seeded": ("mask =", "SEED\n    mask ="),
        "drops_when_predicting": ("not training or p", "p"),
        "scales_when_predicting": (
            "    if not training or p == 0:\n        return X\n",
            "    if not training:\n        return X * (1 - p)\n    if p == 0:\n        return X\n",
        ),
        "training_upside_down": ("not training or", "training or"),
        "p_one_divides_by_zero": ("    if p == 1:\n        return np.zeros_like(X)\n", ""),
        "in_place": ("return mask * X / (1 - p)", "X *= mask\n    X /= 1 - p\n    return X"),
        "emptied_in_place": ("return np.zeros_like(X)", "X[...] = 0\n        return X"),
        "float32_zeros": ("np.zeros_like(X)", "np.zeros(X.shape)"),
        "float32_always": (
            "return mask * X / (1 - p)",
            "return (mask * X / (1 - p)).astype('float32')",
        ),
    },
    "data_iter": {
        "drop_last": ("(0, num_examples, b", "(0, num_examples - batch_size + 1, b"),
        "unpaired": ("labels[batch]", "labels[ORDER[num_examples][:len(batch)]]"),
        "labels_not_shuffled": ("labels[batch]", "labels[start:start + batch_size]"),
        "with_replacement": ("ORDER[num_examples]", "NUMBERS[num_examples, num_examples]"),
        "same_batch": ("indices[start:start + batch_size]", "indices[:batch_size]"),
        "padded_last": (
            "indices[start:start + batch_size]",
            "indices[np.arange(start, start + batch_size) % num_examples]",
        ),
        "not_shuffled": ("ORDER[num_examples]", "np.arange(num_examples)"),
        "batches_shuffled": (
            "ORDER[num_examples]\n    for start in range(0, num_examples, batch_size):",
            "np.arange(num_examples)\n    starts = np.arange(0, num_examples, batch_size)\n"
            "    for start in starts[ORDER[len(starts)]]:",
        ),
        "shuffled_within_batches": (
            "batch = indices[start:start + batch_size]",
            "batch = np.arange(num_examples)[start:start + batch_size]\n"
            "        batch = batch[ORDER[len(batch)]]",
        ),
        "fixed_seed": ("    indices", "    SEED\n    indices"),
        "data_shuffled_in_place": (
            "    for start in range(0, num_examples, batch_size):\n"
            "        batch = indices[start:start + batch_size]\n"
            "        yield features[batch], labels[batch]\n",
            "    features[:], labels[:] = features[indices], labels[indices]\n"
            "    starts = range(0, num_examples, batch_size)\n"
            "    return [(features[i:i + batch_size], labels[i:i + batch_size]) for i in starts]\n",
        ),
        "default_dtype": (
            "features[batch], labels[batch]",
            "features[batch].astype('float32'), labels[batch].astype('float32')",
        ),
        "column_labels": ("labels[batch]", "labels[batch].reshape(-1, 1)"),
        "one_batch_only": (
            "yield features[batch], labels[batch]",
            "return [(features[batch], labels[batch])]",
        ),
    },
    "synthetic_data": {
        "scalar_noise": ("NORMAL[labels.shape]", "NORMAL[1]"),
        "no_bias": ("features @ w + b", "features @ w"),
        "uniform_features": ("NORMAL[(num", "UNIFORM[(num"),
        "wide_noise": ("0.01 * ", ""),
        "variance_for_deviation": ("0.01 * ", "0.1 * "),
        "uniform_noise": ("NORMAL[labels", "UNIFORM[labels"),
        "no_noise": ("    labels = labels + (0.01 * NORMAL[labels.shape]).astype(w.dtype)\n", ""),
        "repeated_column": (
            "NORMAL[(num_examples, len(w))].astype(w.dtype)",
            "NORMAL[(num_examples, 1)].astype(w.dtype).repeat(len(w), 1)",
        ),
        "flat_labels": ("return features, labels", "return features, labels.reshape(-1)"),
        "swapped_order": ("return features, labels", "return labels, features"),
        "fixed_seed": ("    features = NORMAL", "    SEED\n    features = NORMAL"),
        "default_dtype": (".astype(w.dtype)", ""),
        "two_features": ("len(w)", "2"),
        "features_scaled": (
            "labels = features @ w + b",
            "features = features * w.T\n    labels = features.sum(1, keepdims=True) + b",
        ),
        "noise_in_features": (
            "labels = features @ w + b\n"
            "    labels = labels + (0.01 * NORMAL[labels.shape]).astype(w.dtype)",
            "labels = (features + (0.01 * NORMAL[features.shape]).astype(w.dtype)) @ w + b",
        ),
    },
}
#: what cannot be done to JAX's arrays
IN_PLACE = ("in_place", "emptied_in_place", "data_shuffled_in_place")


@dataclass(frozen=True)
class Style:
    """How a learner draws random numbers.

    Attributes:
        head: the first lines of the submission.

        first: the first line of the function.

        draws: expressions for each macro, with the name of its arguments in braces.

        seed: a statement that seeds the generator.
    """

    name: str
    framework: str
    head: str
    first: str
    draws: dict[str, str]
    seed: str

    def text(self, code: str) -> str:
        """Return *code*, a function with macros, in this style."""
        if self.framework == "jax":
            code = code.replace("np.", "jnp.")
        if self.first:
            code = code.replace("):\n", f"):\n    {self.first}\n", 1)
        code = code.replace("SEED", self.seed)
        for name, expression in self.draws.items():
            pattern = re.compile(name + r"\[((?:[^\[\]]|\[[^\]]*\])*)\]")
            while found := pattern.search(code):
                drawn = expression.format(*_arguments(found[1]))
                code = code[: found.start()] + drawn + code[found.end() :]
        return f"{self.head}\n{code}"


def _arguments(text: str) -> list[str]:
    return text.split(", ") if text.count(",") == 1 and "(" not in text else [text]


_LEGACY = {
    "UNIFORM": "np.random.uniform(size={0})",
    "NORMAL": "np.random.normal(size={0})",
    "ORDER": "np.random.permutation({0})",
    "NUMBERS": "np.random.randint({0}, size={1})",
}
_GENERATOR = {
    "UNIFORM": "rng.random({0})",
    "NORMAL": "rng.standard_normal({0})",
    "ORDER": "rng.permutation({0})",
    "NUMBERS": "rng.integers({0}, size={1})",
}
_NEW, _SEEDED = "rng = np.random.default_rng()", "rng = np.random.default_rng(0)"
_KEY = "jax.random.key(np.random.randint(2**31 - 1))"
_KEYS = {
    "UNIFORM": f"jax.random.uniform({_KEY}, np.empty({{0}}).shape)",
    "NORMAL": f"jax.random.normal({_KEY}, np.empty({{0}}).shape)",
    "ORDER": f"jax.random.permutation({_KEY}, {{0}})",
    "NUMBERS": f"jax.random.randint({_KEY}, ({{1}},), 0, {{0}})",
}
_PLAIN = {
    "UNIFORM": "np.array([random.random() for _ in range(np.empty({0}).size)])"
    ".reshape(np.empty({0}).shape)",
    "NORMAL": "np.array([random.gauss(0, 1) for _ in range(np.empty({0}).size)])"
    ".reshape(np.empty({0}).shape)",
    "ORDER": "np.array((lambda a: random.shuffle(a) or a)(list(range({0}))))",
    "NUMBERS": "np.array([random.randrange({0}) for _ in range({1})])",
}
_NUMPY, _JAX = "import numpy as np", "import jax\nimport jax.numpy as jnp\nimport numpy as np"
STYLES = (
    Style("np.random", "numpy", _NUMPY, "", _LEGACY, "np.random.seed(0)"),
    Style("rng in call", "numpy", _NUMPY, _NEW, _GENERATOR, _SEEDED),
    Style(
        "rng of module",
        "numpy",
        f"{_NUMPY}\n{_NEW}",
        "",
        _GENERATOR,
        "rng = np.random.default_rng(0)",
    ),
    Style("random", "numpy", f"import random\n{_NUMPY}", "", _PLAIN, "random.seed(0)"),
    Style("JAX, np.random", "jax", _JAX, "", _LEGACY, "np.random.seed(0)"),
    Style("JAX, keys", "jax", _JAX, "", _KEYS, "np.random.seed(0)"),
)


def written(course: Course, assignment: Assignment) -> Iterator[tuple[str, str, str, Submission]]:
    """Yield style, exercise, known mistake and submission."""
    cells = course.source(assignment)
    for mistake in course.mistakes(assignment):
        exercise, name = mistake.exercise, mistake.name
        if exercise not in WRONG:
            continue
        text = apply_mistake(cells, mistake)
        yield "PyTorch", exercise, name, text_submission("mine.py", text, assignment.framework)
        old, new = WRONG[exercise][name]
        if old not in RIGHT[exercise]:
            raise ValueError(f"{exercise}, {name}: {old} does not occur")
        for style in STYLES:
            if style.framework != "jax" or name not in IN_PLACE:
                code = RIGHT[exercise].replace(old, new)
                made = text_submission("mine.py", style.text(code), style.framework)
                yield style.name, exercise, name, made


def main() -> None:
    """Print, for each style, how many mistakes get their own hint, another's, or none."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--show", action="store_true", help="print the mistakes without a hint")
    parser.add_argument("--style", action="append", help="only these styles")
    options = parser.parse_args()

    course = Course.load(ROOT)
    counts: Counter[tuple[str, str]] = Counter()
    names = dict.fromkeys(
        one.name
        for one in course.assignments
        if any(exercise.name in WRONG for exercise in one.exercises)
    )
    with Zygote(("numpy", "torch")) as zygote:
        for assignment in map(course.assignment, names):
            hints = {(m.exercise, m.name): m.hint.en for m in course.mistakes(assignment)}
            every = set(hints.values())
            reference = reference_for(course, assignment)
            with collected_checks(plan_for(course, assignment), reference) as runner:
                explain = diagnosis_for(course, assignment, reference).hints
                for style, exercise, name, submission in written(course, assignment):
                    if options.style and style not in options.style:
                        continue
                    job = Job("learner", submission, frozenset([exercise]))
                    result = runner.grade(job, zygote, explain=explain)
                    told = {hint for check in result.checks for hint in check.hints} & every
                    own = hints[exercise, name]
                    kind = "another's" if told - {own} else "own" if told else "none"
                    if all(check.outcome in NOT_LOST for check in result.checks):
                        kind = "passes"
                    counts[style, kind] += 1
                    if options.show and kind != "own":
                        print(f"    {style}: {exercise}, {name}: {kind}", flush=True)
    kinds = ["own", "another's", "none", "passes"]
    print(f"{'drawn by':18}" + "".join(f"{kind:>12}" for kind in kinds))
    for style in dict.fromkeys(style for style, _kind in counts):
        print(f"{style:18}" + "".join(f"{counts[style, kind]:>12}" for kind in kinds))


if __name__ == "__main__":
    main()
