def inputs(draw):
    return [draw.uniform(2, 300, 8), draw.uniform(2, 300, 8)]
