# told: torch.Tensor.backward
# framework: torch


def linreg_gradients(X, w, b, y):
    w, b = w.clone().requires_grad_(True), b.clone().requires_grad_(True)
    ((X @ w + b - y) ** 2 / 2).sum().backward()
    return w.grad, b.grad
