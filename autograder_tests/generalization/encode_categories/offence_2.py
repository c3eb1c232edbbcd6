# told: sklearn.preprocessing.OneHotEncoder
# framework: numpy
from sklearn.preprocessing import OneHotEncoder


def encode_categories(column, categories):
    encoder = OneHotEncoder(categories=[[*categories, None]])
    return encoder.fit_transform([[value] for value in column]).toarray()
