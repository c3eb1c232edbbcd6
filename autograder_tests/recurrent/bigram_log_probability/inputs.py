def inputs(draw):
    return [["the", "cat", "sat"], ["the", "cat", "sat", "on", "the", "mat"]]
