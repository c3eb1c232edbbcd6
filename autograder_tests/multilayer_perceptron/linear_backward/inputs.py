def inputs(draw):
    return [draw.normal(10, 5), draw.normal(10, 6), draw.normal(6, 5)]
