def inputs(draw):
    return [draw.normal(2, 1), 4.2, 1000]
