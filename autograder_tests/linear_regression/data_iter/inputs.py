def inputs(draw):
    return [10, draw.normal(100, 2), draw.normal(100, 1)]
