# told: pandas.get_dummies
# framework: numpy
import pandas as pd


def encode_categories(column, categories):
    values = pd.Categorical(column, categories=categories)
    return pd.get_dummies(values, dummy_na=True).to_numpy().astype(float)
