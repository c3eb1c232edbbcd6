def inputs(draw):
    return [draw.normal(4, 6), draw.normal(6), draw.normal(6)]
