# Ways to a softmax, f(X) of a matrix.
import functools
import importlib
import operator
import pickle

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

SCRIPT = "def rows(X):\n    return torch.softmax(X, 1)\n"
in_a_string = torch.jit.CompilationUnit(SCRIPT)
scripted_rows = torch.jit.script(nn.Softmax(1))
traced_rows = torch.jit.trace(lambda X: getattr(X, "soft" + "max")(1), torch.ones(2, 3))
graph = torch.fx.symbolic_trace(nn.Sequential(nn.Softmax(1)))
compiled_rows = torch.compile(getattr(nn, "Soft" + "max")(1), backend="eager")
unpickled_rows = pickle.loads(b"ctorch\nsoftmax\n.")
partial_rows = functools.partial(getattr(torch, "soft" + "max"), dim=1)
method = operator.methodcaller("soft" + "max", 1)


def method_of_a_tensor(X):
    return X.softmax(1)


def operator_called(X):
    return torch.ops.aten._softmax(X, 1, False)


def overload_called(X):
    return getattr(torch.ops.aten, "_soft" + "max").default(X, 1, False)


def out_variant(X):
    return getattr(torch.ops.aten, "_soft" + "max").out(X, 1, False, out=torch.empty_like(X))


def private_module(X):
    return getattr(torch._C._VariableFunctions, "soft" + "max")(X, 1)


def special(X):
    return getattr(importlib.import_module("torch.special"), "soft" + "max")(X, 1)


def found_by_import(X):
    return getattr(__import__("to" + "rch"), "soft" + "max")(X, 1)


def evaluated(X):
    return eval("torch.soft" + "max(X, 1)", {"torch": torch, "X": X})


def executed(X):
    names = {"X": X}
    exec("import torch\nY = torch.soft" + "max(X, 1)", names)
    return names["Y"]


def scripted(X):
    return scripted_rows(X)


def scripted_from_a_string(X):
    return in_a_string.rows(X)


def traced(X):
    return traced_rows(X)


def graph_module(X):
    return graph(X)


def compiled(X):
    return compiled_rows(X)


def exported(X):
    layer = getattr(nn, "Soft" + "max")(1)
    return torch.export.export(layer, (X,)).module()(X)


def unpickled(X):
    return unpickled_rows(X, 1)


def partial(X):
    return partial_rows(X)


def methodcaller(X):
    return method(X)


def mapped(X):
    return torch.vmap(functools.partial(getattr(torch, "soft" + "max"), dim=0))(X)


def nested(X):
    rows = torch.nested.nested_tensor(list(X[:, None]))
    return torch.cat(list(getattr(torch, "soft" + "max")(rows, -1).unbind()))


def sparse(X):
    return getattr(torch.sparse, "soft" + "max")(X.to_sparse(), 1).to_dense()


def masked(X):
    return getattr(torch.masked, "soft" + "max")(X, 1)


def subclass(X):
    class Own(torch.Tensor):
        pass

    return getattr(X.as_subclass(Own), "soft" + "max")(1).as_subclass(torch.Tensor)


def own_layer(X):
    class Layer(getattr(nn, "Soft" + "max")):
        pass

    return Layer(1)(X)


def dispatched_again(X):
    from torch.utils._python_dispatch import TorchDispatchMode

    class Mode(TorchDispatchMode):
        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            return getattr(torch.ops.aten, "_soft" + "max")(args[0], 1, False)

    with Mode():
        return torch.exp(X)


def attention(X):
    eye = torch.eye(X.shape[1], dtype=X.dtype)[None]
    return F.scaled_dot_product_attention(X[None], eye, eye, scale=1.0)[0]


def attention_without_its_name(X):
    eye = torch.eye(X.shape[1], dtype=X.dtype)[None]
    return getattr(torch._C._nn, "scaled_dot_product_" + "attention")(X[None], eye, eye, scale=1.0)[
        0
    ]


def layer_of_a_transformer(X):
    layer = nn.MultiheadAttention(X.shape[1], 1, bias=False, dtype=X.dtype)
    with torch.no_grad():
        eye = torch.eye(X.shape[1], dtype=X.dtype)
        layer.in_proj_weight.copy_(torch.cat([eye * X.shape[1] ** 0.5, eye, eye]))
        layer.out_proj.weight.copy_(eye)
        return layer(X, eye, eye)[0]


def categorical(X):
    return torch.distributions.Categorical(logits=X).probs


def relaxed_categorical(X):
    temperature = torch.ones((), dtype=X.dtype)
    kind = getattr(torch.distributions, "RelaxedOneHot" + "Categorical")
    return kind(temperature, logits=X).probs


def helper_of_distributions(X):
    return torch.distributions.utils.logits_to_probs(X)


def loss_per_class(X):
    classes = range(X.shape[1])
    loss = functools.partial(getattr(F, "cross_" + "entropy"), reduction="none")
    return torch.stack([(-loss(X, torch.full((len(X),), c))).exp() for c in classes], 1)


def gumbel(X):
    torch.manual_seed(0)
    drawn = -torch.empty_like(X).exponential_().log()
    torch.manual_seed(0)
    return F.gumbel_softmax(X - drawn, dim=1)


def of_scipy(X):
    return getattr(importlib.import_module("scipy.special"), "soft" + "max")(X, axis=1)


def of_jax(X):
    return np.asarray(getattr(importlib.import_module("jax.nn"), "soft" + "max")(X.numpy(), axis=1))


def of_jax_compiled(X):
    jax = importlib.import_module("jax")
    return np.asarray(jax.jit(getattr(jax.nn, "soft" + "max"))(X.numpy()))


def private_module_of_jax(X):
    pieces = importlib.import_module("jax._src.nn.functions")
    return np.asarray(getattr(pieces, "soft" + "max")(X.numpy(), axis=1))


def private_module_of_scipy(X):
    pieces = importlib.import_module("scipy.special._logsumexp")
    return getattr(pieces, "soft" + "max")(X.numpy(), axis=1)


def gradient_of_logsumexp(X):
    return torch.func.grad(lambda X: torch.logsumexp(X, 1).sum())(X)


def sigmoid_of_differences(X):
    other = [torch.logsumexp(torch.cat([X[:, :c], X[:, c + 1 :]], 1), 1) for c in range(X.shape[1])]
    return torch.sigmoid(X - torch.stack(other, 1))


def watch_taken_down(X):
    with torch._C.DisableTorchFunction():
        return getattr(torch, "soft" + "max")(X, 1)


def in_a_thread(X):
    import threading

    found = []
    thread = threading.Thread(target=lambda: found.append(getattr(torch, "soft" + "max")(X, 1)))
    thread.start()
    thread.join()
    return found[0]


def dispatch_key_left_out(X):
    key = torch._C._parse_dispatch_key("TESTING_ONLY_GenericMode")
    with (
        torch._C._ExcludeDispatchKeyGuard(torch._C.DispatchKeySet(key)),
        torch._C.DisableTorchFunction(),
    ):
        return getattr(torch, "soft" + "max")(X, 1)
