def inputs(draw):
    return [draw.normal(3), draw.normal(4)]
