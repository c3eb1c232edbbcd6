"""Returns a list that holds itself.

must hold: the exchange ends as a crash of the learner's; nothing of it is run, kept or waited for
stopped by: values only, comparison
control: naive, believed
"""


def total(x):
    mine = []
    mine.append(mine)
    mine.append(len(x))
    return mine
