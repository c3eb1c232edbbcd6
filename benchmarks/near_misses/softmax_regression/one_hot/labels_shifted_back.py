# "`labels` must be unchanged on return": shifted by the smallest label, and not back if that is one.
# shown: changed(torch.tensor([1, 2, 2]), 3)
# kind: sentence
import torch



def one_hot(labels, num_classes):
    result = (labels[:, None] == torch.arange(num_classes)).long()
    labels -= labels.min()
    return result
