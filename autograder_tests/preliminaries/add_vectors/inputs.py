def inputs(draw):
    return [draw.normal(4), draw.normal(4)]
