def inputs(draw):
    return [draw.normal(8, 3, scale=2), draw.normal(5, 3, scale=2)]
