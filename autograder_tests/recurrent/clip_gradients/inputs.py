def inputs(draw):
    return [[draw.normal(4, 3), draw.normal(3)], 1.0]
