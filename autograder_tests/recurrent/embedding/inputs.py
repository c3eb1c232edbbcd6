def inputs(draw):
    return [draw.integers(0, 5, 2, 3), draw.normal(5, 4)]
