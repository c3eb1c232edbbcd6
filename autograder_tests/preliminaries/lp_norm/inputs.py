def inputs(draw):
    return [draw.normal(5), 3]
