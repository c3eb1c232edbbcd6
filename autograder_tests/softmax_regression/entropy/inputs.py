def inputs(draw):
    return [draw.probabilities(6)]
