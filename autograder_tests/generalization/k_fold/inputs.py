def inputs(draw):
    return [3, 1, draw.normal(12, 4), draw.normal(12, 1)]
