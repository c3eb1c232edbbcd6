def inputs(draw):
    return [draw.labels(8, 5), 5]
