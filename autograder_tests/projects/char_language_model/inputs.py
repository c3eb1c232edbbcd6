def inputs(draw):
    return ["abac" * 30, 8, 8, 1, 150]
