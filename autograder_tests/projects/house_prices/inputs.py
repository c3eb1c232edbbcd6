import numpy as np


def inputs(draw):
    train = {
        "area": np.round(draw.uniform(50, 200, 12)),
        "heating": ["gas", None, "coal", "gas", "coal", "gas"] * 2,
        "price": np.round(draw.uniform(100_000, 400_000, 12)),
    }
    test = {"area": np.round(draw.uniform(50, 200, 4)), "heating": ["gas", None, "coal", "gas"]}
    return [train, test, 3, 0.3, 50, 0.0]
