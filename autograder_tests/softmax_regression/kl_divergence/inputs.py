def inputs(draw):
    return [draw.probabilities(6), draw.probabilities(6)]
