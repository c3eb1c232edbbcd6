"""What NumPy, PyTorch, TensorFlow, JAX, MXNet and Python say of common errors, without values.

The message of an exception may contain anything, such as the inputs of a hidden check. Where it is
one of those known here, the learner may read it all the same: in these words, which are ours.
"""

from __future__ import annotations

import re

#: what a message contains, and what is told of it
_KNOWN = {
    r"return_types\.": (
        "with a dimension, this function returns values and indices; take its values"
    ),
    r"`variable [-+*/]+= value`": "assign the new value with assign_sub: -= makes a new tensor",
    r"(EagerTensor|ResourceVariable)' object does not support item assignment": (
        "a tensor of TensorFlow has no entries to assign to; make it of parts, with tf.stack"
    ),
    r"EagerTensor' object has no attribute 'assign": (
        "a tensor of TensorFlow never changes; only a tf.Variable can be assigned to"
    ),
    r"Value for attr '\w+' of \w+ is not in the list of allowed values": (
        "this function does not take numbers of this dtype; convert them with tf.cast"
    ),
    r"EagerTensor'? object has no attribute 'T'": (
        "a tensor of TensorFlow has no T; its transpose is tf.transpose(X)"
    ),
    r"SymbolicTensor'? object has no attribute|symbolic `?tf\.Tensor": (
        "a tensor has no values while tf.function traces the function; use TensorFlow's own "
        "functions, or do without tf.function"
    ),
    r"is out of scope": (
        "a tensor of a loop or function that tf.function traces was kept outside of it; do without "
        "tf.function, or collect in a tf.TensorArray"
    ),
    r"singleton tf\.Variable": (
        "tf.function runs the function again and again, so make variables outside of it"
    ),
    r"non-persistent GradientTape": (
        "a tape gives gradients once; ask for all of them in one call of gradient, or make it with "
        "persistent=True"
    ),
    r"does not have a `call\(\)`": "a model of Keras computes in call; give the method this name",
    r"forgot to call `super": "call super().__init__() first in __init__",
    r"has different ndims|at least rank 2|ndims must be >= 2|must be at least 2": (
        "tf.matmul needs matrices; give a vector a second axis, or use tf.linalg.matvec"
    ),
    r"EagerTensor'? object has no attribute": (
        "tensors of TensorFlow have no such method; it is a function, such as tf.reshape"
    ),
    r"Attempt to convert a value \(None\)|'NoneType'.* to (a )?[Tt]ensor": (
        "None where a tensor is needed; a gradient is None where the tape did not see how the loss "
        "depends on the variable"
    ),
    r"Only integers, slices .*tf\.newaxis": (
        "a tensor of TensorFlow is not indexed by arrays or lists; use tf.gather, with "
        "batch_dims=1 for an entry of each row"
    ),
    r"Cannot convert .* to EagerTensor of dtype": (
        "this number does not fit the dtype of the tensor; convert one of them with tf.cast"
    ),
    r"module 'tensorflow' has no attribute": (
        "TensorFlow has no such function; sums, means and maxima are tf.reduce_sum and so on, "
        "logarithms tf.math.log"
    ),
    r"recording with autograd|already in a computational graph": (
        "an array of MXNet cannot change while autograd records; make a new one"
    ),
    r"not in a computational graph": (
        "there is nothing to differentiate; first call attach_grad() on what the gradient is for, "
        "then compute inside autograd.record()"
    ),
    r"'ValueError' object has no attribute 'format'": (
        "autograd cannot record this function: it is NumPy's, not MXNet's own"
    ),
    r"module 'mxnet\.\S+' has no attribute": "MXNet has no such function; NumPy has more than it",
    r"has not been initialized": "a parameter has no values yet; call initialize()",
    r"Cannot find argument '": "the function has no argument of this name",
    r"Shape inconsistent|inferring shapes failed": "shapes do not fit",
    r"Matrix size-incompatible": "the sizes of the matrices do not fit",
    r"Incompatible shapes|required broadcastable shapes": "shapes cannot be broadcast",
    r"index -?\d+ of dimension \d+ out of bounds|is not in \[0, \d+\)": "an index is out of bounds",
    r"Input to reshape is a tensor with": "the shape is invalid for an input of this size",
    r"ConcatOp|Shapes of all inputs must match": (
        "sizes of tensors must match except in one dimension"
    ),
    r"JAX arrays are immutable": (
        "JAX arrays do not change; write x = x.at[i].set(y) in place of x[i] = y"
    ),
    r"_IndexUpdate(Helper|Ref)": "JAX arrays do not change; write x = x.at[i].set(y)",
    r"only defined for scalar-output functions": (
        "jax.grad starts from one number; take the sum or the mean first"
    ),
    r"sub-dtype of np\.(inexact|floating)": (
        "only floating-point numbers have a gradient; convert the integers first"
    ),
    r"requires ndarray or scalar arguments": (
        "functions of JAX take arrays, not lists; make one with jnp.array"
    ),
    r"carry input and carry output must have": (
        "what the function of lax.scan returns first must have the shapes and dtypes of what it got"
    ),
    r"inconsistent sizes for array axes": (
        "the arrays that jax.vmap goes through differ in length; in_axes says along which axis, "
        "and None through which not at all"
    ),
    r"__index__\(\) method was called on traced|Shapes must be 1D sequences of concrete": (
        "a number on which a shape or a loop depends is not known while JAX compiles the function; "
        "name it in static_argnums, or do without jax.jit"
    ),
    r"unexpected PRNG key type|PRNG key": (
        "a key is needed here, as jax.random.PRNGKey makes it, or jax.random.split"
    ),
    r"Attempted boolean conversion of traced array|concrete value where .* abstract tracer": (
        "the value is not known while JAX compiles the function; choose with jnp.where, or do "
        "without jax.jit"
    ),
    r"__array__\(\) (method )?was called on traced": (
        "NumPy cannot compute while JAX compiles or differentiates the function; use jax.numpy"
    ),
    r"Array boolean indices must be concrete": (
        "the size of the result is not known while JAX compiles the function; use jnp.where"
    ),
    r"side[- ]effect|Encountered an unexpected tracer": (
        "a value of a function that JAX compiles was kept outside of it; return it instead"
    ),
    r"dot_general requires contracting dimensions": "the sizes of the matrices do not fit",
    r"[Ii]ncompatible shapes for broadcasting": "shapes cannot be broadcast",
    r"Cannot concatenate arrays with shapes": (
        "sizes of arrays must match except in one dimension"
    ),
    r"mat1 and mat2 shapes cannot be multiplied": "mat1 and mat2 shapes cannot be multiplied",
    r"The size of tensor a \(\d+\) must match": "the sizes of tensors a and b do not match",
    r"operands could not be broadcast": "operands could not be broadcast together",
    r"could not broadcast input array": "could not broadcast input array",
    r"mismatch in its core dimension": "matmul: mismatch in the core dimension",
    r"shapes .* not aligned": "shapes not aligned",
    r"inconsistent tensor size": "inconsistent tensor size",
    r"size mismatch": "size mismatch",
    r"[Ss]izes of tensors must match": "sizes of tensors must match except in one dimension",
    r"must have same number of dimensions": "tensors must have the same number of dimensions",
    r"must match except for the concatenation axis": (
        "all dimensions must match except for the concatenation axis"
    ),
    r"must be broadcastable|doesn't match the broadcast shape": "shapes cannot be broadcast",
    r"expanded size of the tensor": "the expanded size must match the existing size",
    r"is invalid for input of size": "the shape is invalid for an input of this size",
    r"cannot reshape array of size": "cannot reshape array into this shape",
    r"[Dd]imension out of range|axis -?\d+ is out of bounds": "an axis is out of range",
    r"too many indices": "too many indices",
    r"index -?\d+ is out of bounds|index out of (range|bounds)": "an index is out of bounds",
    r"expects? (a )?\d-?D|must be \d-?D|tensor to be \d-?D": "another number of axes is expected",
    r"cannot be converted to Scalar|can only convert an array of size 1|only one element tensors": (
        "only an array of one element can become a number"
    ),
    r"truth value of an array|Boolean value of Tensor": (
        "the truth value of an array with more than one element is ambiguous"
    ),
    r"can't convert|cannot be cast|can't be cast": "this dtype cannot become the other",
    r"only integer.* can be (used as|converted to) ": "an index must be an integer",
    r"division by zero": "division by zero",
    r"leaf Variable that requires grad": "an in-place change of a tensor that requires grad",
    r"not enough values to unpack": "not enough values to unpack",
    r"too many values to unpack": "too many values to unpack",
    r"not subscriptable": "this object is not subscriptable",
    r"object is not iterable": "this object is not iterable",
    r"not callable": "this object is not callable",
    r"unsupported operand type.*NoneType": (
        "unsupported operand types: one is None, as a gradient is that was never asked for"
    ),
    r"unsupported operand type": "unsupported operand types",
    r"positional arguments? but \d+ (was|were) given": "the number of arguments is wrong",
    r"missing \d+ required positional": "a required argument is missing",
    r"unexpected keyword argument": "an unexpected keyword argument",
    r"Can't call numpy\(\) on Tensor that requires grad": (
        "a tensor that requires grad cannot become an array of NumPy; use detach(), or PyTorch's "
        "own functions"
    ),
    r"grad can be implicitly created only for scalar": (
        "backward() starts from one number; take the sum or the mean first"
    ),
    r"does not require grad and does not have a grad_fn": (
        "nothing here requires grad, so there is nothing to differentiate"
    ),
    r"backward through the graph a second time": (
        "backward() was called twice on the same computation; compute it anew"
    ),
    r"use \.reshape|Use \.reshape": "view cannot do this to such a tensor; use reshape",
    r"with a bool tensor is not supported|on a bool tensor is not supported": (
        "masks of booleans cannot be subtracted or negated; use ~, or convert them"
    ),
    r"condition to be a boolean tensor": "the condition must be a tensor of booleans",
    r"not implemented for '(Long|Int|Short|Byte|Char|Bool)'|could not infer output dtype": (
        "this function needs floating-point numbers; convert the integers first"
    ),
    r"as element \d+ in argument|must be (tuple of Tensors|Tensor), not": (
        "a tensor of PyTorch is needed where something else was given"
    ),
    r"equal size, but got": "tensors to be stacked must have equal sizes",
    r"non-empty TensorList|need at least one array": "nothing was given to put together",
    r"Index tensor must have the same number of dimensions": (
        "the index must have as many axes as the input"
    ),
    r"tensors used as indices must be|arrays used as indices must be|only integers, slices": (
        "an index must be an integer, a slice, or an array of integers or booleans"
    ),
    r"boolean index did not match|shape of the mask": (
        "the mask does not have the shape of the array"
    ),
    r"object cannot be interpreted as an integer": "an integer is needed; // divides integers",
    r"Cannot cast ufunc": (
        "the result does not fit the dtype of the array that is changed; make a new one"
    ),
    r"[Ss]ingular matrix|input matrix is singular": "the matrix is singular",
    r"array must be square|must be batches of square matrices": "the matrix must be square",
    r"assignment destination is read-only": "this array cannot be written to; copy it first",
    r"has no len\(\)": "this object has no length",
    r"module '\w+(\.\w+)*' has no attribute": "this module has no function of this name",
    r"of 'ndarray' object has no setter|can't set attribute": (
        "this attribute cannot be assigned to; assign to its entries, as in p.grad[:] = 0"
    ),
    r"All input arrays must have the same shape": "arrays to be stacked must have equal shapes",
    r"has no attribute": "this object has no attribute of this name",
    r"maximum recursion depth": "maximum recursion depth exceeded",
}


def known_text(message: str) -> str:
    """Return the known text that *message* is an instance of; empty if there is none."""
    return next((text for pattern, text in _KNOWN.items() if re.search(pattern, message)), "")


def advice_on(message: str) -> str:
    """Return what is known of *message* if it also says what to do, after a semicolon; or empty."""
    text = known_text(message)
    return text if ";" in text else ""
