def inputs(draw):
    return [draw.normal(8, 4), draw.normal(8, 4), draw.normal(4)]
