def inputs(draw):
    return [draw.normal(8, 5), draw.labels(8, 5)]
