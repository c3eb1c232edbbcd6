# told: keras.layers.Attention
# framework: tensorflow
import keras


def dot_product_attention(Q, K, V, mask=None):
    attend = keras.layers.Attention()
    return attend([Q / K.shape[-1] ** 0.5, V, K])
