# told: keras.optimizers.SGD
# framework: tensorflow
import keras


def weight_decay_step(params, grads, lr, batch_size, wd):
    decayed = [grad / batch_size + wd * param for param, grad in zip(params, grads)]
    keras.optimizers.SGD(lr).apply(decayed, params)
