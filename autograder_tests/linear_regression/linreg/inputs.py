def inputs(draw):
    return [draw.normal(10, 2), draw.normal(2, 1), draw.normal(1)]
