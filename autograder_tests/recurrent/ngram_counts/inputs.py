def inputs(draw):
    return [["to", "be", "or", "not", "to", "be"], 2]
