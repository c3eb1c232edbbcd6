# framework: mxnet
from mxnet import autograd, np, npx
from mxnet.gluon import nn

npx.set_np()


class MLP(nn.Block):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Dense(num_hiddens, activation="relu")
        self.out = nn.Dense(num_outputs)

    def forward(self, X):
        return self.out(self.hidden(X))


class MySequential(nn.Block):
    def __init__(self, *blocks):
        super().__init__()
        self.order = []
        for block in blocks:
            self._children[block.name] = block
            self.order.append(block.name)

    def forward(self, X):
        for name in self.order:
            X = self._children[name](X)
        return X


class Dropout(nn.Block):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, X):
        if not autograd.is_training():
            return X
        if self.p == 1:
            return np.zeros_like(X)
        mask = np.random.uniform(0, 1, X.shape) > self.p
        return mask.astype(np.float32) * X / (1.0 - self.p)


class Linear(nn.Block):
    def __init__(self, in_units, units):
        super().__init__()
        self.weight = self.params.get("weight", shape=(in_units, units))
        self.bias = self.params.get("bias", shape=(units,))

    def forward(self, X):
        return np.dot(X, self.weight.data()) + self.bias.data()
