# told: keras.optimizers.SGD
# framework: tensorflow
import keras


def sgd(params, grads, lr, batch_size):
    keras.optimizers.SGD(lr / batch_size).apply(grads, params)
