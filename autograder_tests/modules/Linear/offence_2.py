# told: mxnet.gluon.nn.Dense
# framework: mxnet
from mxnet import npx
from mxnet.gluon import nn

npx.set_np()


class Linear(nn.Block):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.inner = nn.Dense(out_features, in_units=in_features)

    def forward(self, X):
        return self.inner(X)
