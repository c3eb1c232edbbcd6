def inputs(draw):
    return [
        draw.normal(10, 4),
        draw.normal(10, 3),
        draw.normal(4, 5),
        draw.normal(5),
        draw.normal(5, 3),
        draw.normal(3),
    ]
