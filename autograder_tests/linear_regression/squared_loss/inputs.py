def inputs(draw):
    return [draw.normal(10, 1), draw.normal(10, 1)]
