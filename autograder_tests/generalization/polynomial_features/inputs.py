def inputs(draw):
    return [draw.normal(6), 4]
