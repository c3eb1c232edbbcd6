def inputs(draw):
    return [draw.normal(2, 3, 2, 2), draw.distinct(2, 3, 4, 4), 2, 2]
