def inputs(draw):
    return [draw.normal(6, 6), draw.normal(2, 2)]
