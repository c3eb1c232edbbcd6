"""What learners of one framework stumble over is graded, and they read what it is."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from grader import language
from grader.course.catalogue import Course
from grader.grading.setup import diagnosis_for, plan_for, reference_for, text_submission
from grader.outcome import NOT_LOST, Outcome
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks

from .stumbles import CORPUS, HEADS

pytestmark = [pytest.mark.slow, pytest.mark.rare]

COURSE = Course.load(Path(__file__).parents[2])
#: a part of what is told, by framework and name; what has full marks is not among them
TOLD = {
    "tensorflow": {
        "item_assigned": "make it of parts, with tf.stack",
        "variable_rebound": "Use `variable.assign_sub(value)`",
        "assign_of_a_tensor": "only a tf.Variable can be assigned to",
        "not_watched": "line 7: `gradient` gives None for what the tape has not seen",
        "computed_outside_of_the_tape": "line 9: `gradient` gives None",
        "asked_twice": "a tape gives gradients once",
        "one_axis_in_matmul": "use tf.linalg.matvec",
        "transposed_as_in_numpy": "its transpose is tf.transpose(X)",
        "float32_parameters": "TensorFlow's are float32 by default",
        "integers_of_two_kinds": "tf.cast(A, B.dtype) converts A to the dtype of B",
        "mean_of_booleans": "convert them with tf.cast",
        "indexed_as_in_numpy": "use tf.gather",
        "from_logits": "The result has wrong values",
        "drawn_while_traced": "line 6: this draws once, when tf.function reads the function",
        "list_in_a_graph": "collect in a tf.TensorArray",
        "numpy_in_a_graph": "has no values while tf.function traces",
        "forward_for_call": "give the method this name",
        "super_forgotten": "super().__init__()",
        "dim_for_axis": "unexpected keyword argument 'dim'",
        "transposed_sum": "Incompatible shapes",
    },
    "jax": {
        "item_assigned": "x = x.at[i].set(y)",
        "at_assigned": "x = x.at[i].set(y)",
        "at_unused": "the result of .at[].set is not used",
        "in_place": "arrays of JAX never do. Return the new ones",
        "list_changed": "arrays of JAX never do. Return the new ones",
        "key_used_twice": "line 9: this key has been used before",
        "key_fixed": "line 6: this key is the same in every call",
        "key_of_the_module": "line 6: this key is the same in every call",
        "number_for_a_key": "a key is needed here",
        "mask_in_jit": "use jnp.where",
        "if_in_jit": "choose with jnp.where",
        "number_in_jit": "name it in static_argnums",
        "shape_in_jit": "name it in static_argnums",
        "drawn_while_compiled": "line 8: this draws once, when jax.jit reads the function",
        "gradient_of_an_array": "take the sum or the mean first",
        "list_for_an_array": "make one with jnp.array",
        "carry_of_another_kind": "must have the shapes and dtypes of what it got",
        "list_that_stays": "line 6: this default is made once",
        "list_outside_of_scan": "return it instead",
        "float32_throughout": "The result does not have the input's dtype",
        "dim_for_axis": "unexpected keyword argument 'dim'",
        "sizes": "contracting dimensions",
        "mapped_over_two_sizes": "in_axes says along which axis",
    },
    "mxnet": {
        "not_attached": "first call attach_grad()",
        "not_recorded": "compute inside autograd.record()",
        "never_backward": "Every value is 0",
        "legacy_arrays": "mixes legacy arrays of MXNet (nd) with those of today (np)",
        "number_of_one_axis": "Got (1,), expected ()",
        "in_place_while_recorded": "make a new one",
        "rebound": "Assign to the entries, p[:] = p - ...",
        "grad_assigned": "p.grad[:] = 0",
        "float32_parameters": "MXNet's arrays are float32 by default",
        "dim_for_axis": "unexpected keyword argument 'dim'",
        "mask_of_booleans": "A.astype(B.dtype) converts A to the dtype of B",
    },
}


@pytest.mark.parametrize("framework", CORPUS)
def test_what_learners_stumble_over_is_told(framework, zygote_of):
    """Each with a sentence that says what to do; where nothing is wrong, all points are earned."""
    zygote = zygote_of(framework)
    language.use("en")
    told = {}
    cases = itertools.groupby(sorted(CORPUS[framework]), key=lambda one: one[0].split("/")[0])
    for name, group in cases:
        assignment = COURSE.assignment(name)
        reference = reference_for(COURSE, assignment)
        with collected_checks(plan_for(COURSE, assignment), reference) as runner:
            runner.warm(reference.as_student(assignment.framework))
            explain = diagnosis_for(COURSE, assignment, reference).hints
            for place, stumble, code in group:
                submission = text_submission("mine.py", HEADS[framework] + code, framework)
                job = Job("ada", submission, frozenset([place.split("/")[1]]))
                result = runner.grade(job, zygote, explain=explain)
                assert all(one.outcome is not Outcome.INTERNAL for one in result.checks)
                lost = [one for one in result.checks if one.outcome not in NOT_LOST]
                told[stumble] = "\n".join(
                    text for one in lost for text in (one.message, *one.hints)
                )

    expected = TOLD[framework]
    assert {name for name, text in told.items() if text} == set(expected)
    assert {} == {name: told[name] for name, part in expected.items() if part not in told[name]}
