def inputs(draw):
    return [draw.normal(6, 5), draw.cast(draw.mask(6, 5)), 0.5]
