def inputs(draw):
    return [draw.normal(4, 1, 3, 3), draw.normal(9, 5), draw.normal(5)]
