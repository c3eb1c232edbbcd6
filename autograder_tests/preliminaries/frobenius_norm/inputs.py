def inputs(draw):
    return [draw.normal(3, 4)]
