def inputs(draw):
    return [
        draw.normal(8, 4),
        draw.normal(4),
        draw.normal(4),
        draw.normal(4),
        draw.uniform(1, 2, 4),
    ]
