def inputs(draw):
    return [draw.uniform(0.1, 0.9, 8)]
