def inputs(draw):
    return [
        draw.normal(3, 4),
        draw.normal(3, 5),
        draw.normal(4, 15),
        draw.normal(5, 15),
        draw.normal(15),
        draw.normal(15),
    ]
