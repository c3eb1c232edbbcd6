def inputs(draw):
    return [10, "sigmoid"]
