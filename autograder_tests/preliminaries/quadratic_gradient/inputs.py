def inputs(draw):
    return [draw.normal(4)]
