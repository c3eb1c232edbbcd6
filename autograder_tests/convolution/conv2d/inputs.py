def inputs(draw):
    return [draw.normal(2, 3, 8, 8), draw.normal(4, 3, 3, 3), draw.normal(4), 2, 1]
