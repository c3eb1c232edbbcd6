def inputs(draw):
    return [
        draw.normal(3, 4),
        draw.normal(3, 5),
        draw.normal(4, 5),
        draw.normal(5, 5),
        draw.normal(5),
    ]
