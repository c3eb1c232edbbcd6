def inputs(draw):
    return [
        [draw.normal(2, 1), draw.normal(1)],
        [draw.normal(2, 1), draw.normal(1)],
        0.03,
        10,
        0.1,
    ]
