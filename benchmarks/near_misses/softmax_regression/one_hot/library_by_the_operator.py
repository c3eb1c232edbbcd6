# "Write it yourself": the operator of the library.
# shown: uses("one_hot(labels, num_classes")
# kind: from scratch
import torch



def one_hot(labels, num_classes):
    return torch.ops.aten.one_hot(labels, num_classes)
