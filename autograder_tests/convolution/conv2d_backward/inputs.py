def inputs(draw):
    return [draw.normal(2, 4, 4, 4), draw.normal(2, 3, 8, 8), draw.normal(4, 3, 3, 3), 2, 1]
