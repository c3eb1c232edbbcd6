def inputs(draw):
    return [draw.normal(2, 3, 4), *(draw.normal(4, 4, scale=0.5) for _ in range(4)), 2]
