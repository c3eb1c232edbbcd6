# told: keras.initializers.GlorotNormal
# framework: tensorflow
import keras


def xavier_normal(fan_in, fan_out):
    return keras.initializers.GlorotNormal()((fan_in, fan_out))
