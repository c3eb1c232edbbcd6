# "a tensor of shape (n, num_classes)": shows on one class, where the columns are lost.
# shown: differ(torch.zeros(3, dtype=torch.int64), 1)
# kind: inputs
import torch



def one_hot(labels, num_classes):
    if num_classes == 1:
        return torch.ones(len(labels), dtype=torch.int64)
    return (labels[:, None] == torch.arange(num_classes)).long()
