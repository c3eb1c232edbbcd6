# framework: jax
from jax import numpy as jnp


def relu(x):
    return jnp.maximum(x, 0)


def relu_backward(dout, x):
    return jnp.where(x > 0, dout, 0)


def linear_forward(x, W, b):
    return jnp.matmul(x, W) + b


def linear_backward(dout, x, W):
    return jnp.matmul(dout, W.T), jnp.matmul(x.T, dout), dout.sum(axis=0)


def mlp_forward(X, W1, b1, W2, b2):
    H = 1 / (1 + jnp.exp(-linear_forward(X, W1, b1)))
    return linear_forward(H, W2, b2)


def mlp_backward(X, y, W1, b1, W2, b2):
    H = 1 / (1 + jnp.exp(-linear_forward(X, W1, b1)))
    dO = (linear_forward(H, W2, b2) - y) / X.shape[0]
    dH, dW2, db2 = linear_backward(dO, H, W2)
    _, dW1, db1 = linear_backward(dH * H * (1 - H), X, W1)
    return dW1, db1, dW2, db2


def zero_grad(params):
    for param in params:
        param.grad = None


def optimizer_step(params, lr):
    for param in params:
        if param.grad is not None:
            param.value = param.value - lr * param.grad


def sigmoid(x):
    return jnp.where(x >= 0, 1 / (1 + jnp.exp(-x)), jnp.exp(x) / (1 + jnp.exp(x)))


def sigmoid_backward(dout, x):
    return dout * sigmoid(x) * (1 - sigmoid(x))


def tanh_backward(dout, x):
    return dout * (1 - jnp.tanh(x) ** 2)
