def inputs(draw):
    categories = ["a", "b", "c"]
    return [[categories[place] for place in draw.labels(6, 3)], categories]
