def inputs(draw):
    return [draw.normal(2, 3, 4), draw.normal(2, 5, 4), draw.normal(2, 5, 6)]
