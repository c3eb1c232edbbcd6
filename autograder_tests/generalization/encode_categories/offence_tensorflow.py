# told: keras.layers.StringLookup
# framework: tensorflow
import keras


def encode_categories(column, categories):
    lookup = keras.layers.StringLookup(vocabulary=[*categories, "<missing>"], output_mode="one_hot")
    return lookup(["<missing>" if value is None else value for value in column])[:, 1:]
