def inputs(draw):
    return [draw.probabilities(3), 100]
