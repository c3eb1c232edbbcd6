def inputs(draw):
    return [
        draw.normal(4, 3, 5),
        draw.normal(3, 2),
        draw.normal(3, 2),
        draw.normal(5, 8),
        draw.normal(2, 8),
        draw.normal(8),
    ]
