# framework: mxnet
from mxnet import autograd, gluon, init, npx
from mxnet.gluon import nn

npx.set_np()


def train_mlp(X, y, hidden, lr, num_epochs):
    net = nn.Sequential()
    net.add(nn.Dense(hidden, activation="tanh"), nn.Dense(1))
    net.initialize(init.Normal(sigma=0.5))
    loss = gluon.loss.L2Loss()
    trainer = gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": lr})
    for _ in range(num_epochs):
        with autograd.record():
            mean = loss(net(X), y).mean()
        mean.backward()
        trainer.step(1)
    return net
