def inputs(draw):
    X = draw.normal(40, 3)
    return [X, X @ draw.cast([[1], [-0.5], [0.3]]), 8, 0.2, 20, 8]
