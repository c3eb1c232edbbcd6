def inputs(draw):
    return [draw.normal(2, 3, 4), draw.integers(0, 5, 2, 3), 5]
