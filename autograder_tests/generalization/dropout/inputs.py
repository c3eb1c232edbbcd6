def inputs(draw):
    return [draw.normal(100, 100), 0.5]
