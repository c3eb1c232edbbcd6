def inputs(draw):
    return [draw.probabilities(3), draw.uniform(0.1, 1, 3)]
