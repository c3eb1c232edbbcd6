"""Returns a list that says how long it is and lies.

must hold: the exchange ends as a crash of the learner's; nothing of it is run, kept or waited for
stopped by: values only, comparison, deadline, memory limit
control: none, only where values are read without end would it matter
"""


class Liar(list):
    def __len__(self):
        return 5

    def __iter__(self):
        while True:
            yield 0.0


def total(x):
    return Liar()
