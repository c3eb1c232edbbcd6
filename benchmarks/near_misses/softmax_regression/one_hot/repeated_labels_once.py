# "a row for each label": shows where a label comes twice.
# shown: differ(torch.tensor([1, 1, 0]), 2)
# kind: inputs
import torch



def one_hot(labels, num_classes):
    result = torch.zeros(len(labels), num_classes, dtype=torch.int64)
    for label in range(num_classes):
        found = (labels == label).nonzero()
        if len(found):
            result[found[0], label] = 1
    return result
