def inputs(draw):
    return [draw.normal(4), draw.probabilities(4)]
