def inputs(draw):
    return [draw.uniform(0, 5, 8)]
