# told: jax.linear_transpose
# framework: jax
import jax


def conv2d_backward(dout, X, W, stride=1, padding=0):
    def conv2d(X, W):
        around = [(padding, padding), (padding, padding)]
        return jax.lax.conv_general_dilated(X, W, (stride, stride), around)

    dX = jax.linear_transpose(lambda X: conv2d(X, W), X)(dout)[0]
    dW = jax.linear_transpose(lambda W: conv2d(X, W), W)(dout)[0]
    return dX, dW, dout.sum((0, 2, 3))
