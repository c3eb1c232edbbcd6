# framework: mxnet
from mxnet import np, npx

npx.set_np()


def relu(X):
    return np.maximum(X, 0)


def relu_backward(dout, x):
    return dout * (x > 0)


def linear_forward(x, W, b):
    return np.dot(x, W) + b


def linear_backward(dout, x, W):
    return np.dot(dout, W.T), np.dot(x.T, dout), dout.sum(axis=0)


def mlp_forward(X, W1, b1, W2, b2):
    H = npx.sigmoid(np.dot(X, W1) + b1)
    return np.dot(H, W2) + b2


def mlp_backward(X, y, W1, b1, W2, b2):
    H = npx.sigmoid(np.dot(X, W1) + b1)
    dO = (np.dot(H, W2) + b2 - y) / len(X)
    dH, dW2, db2 = linear_backward(dO, H, W2)
    dX, dW1, db1 = linear_backward(dH * H * (1 - H), X, W1)
    return dW1, db1, dW2, db2


def zero_grad(params):
    for param in params:
        if param.grad is not None:
            param.grad[:] = 0


def optimizer_step(params, lr):
    for param in params:
        if param.grad is not None:
            param[:] = param - lr * param.grad


def sigmoid(X):
    return 1 / (1 + np.exp(-X))


def sigmoid_backward(dout, x):
    y = npx.sigmoid(x)
    return dout * y * (1 - y)


def tanh_backward(dout, x):
    return dout * (1 - np.tanh(x) ** 2)
