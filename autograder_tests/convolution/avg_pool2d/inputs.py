def inputs(draw):
    return [draw.normal(2, 3, 4, 4), 2, 2]
