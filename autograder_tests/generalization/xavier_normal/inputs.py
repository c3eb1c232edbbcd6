def inputs(draw):
    return [200, 120]
