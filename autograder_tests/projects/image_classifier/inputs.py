def inputs(draw):
    train = draw.uniform(0, 1, 40, 1, 16, 16), draw.labels(40, 4)
    return [train, draw.uniform(0, 1, 8, 1, 16, 16)]
