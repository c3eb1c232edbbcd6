def inputs(draw):
    return [draw.normal(4, 5), draw.normal(4, 5)]
