# "a tensor of shape (n, num_classes)": shows on many classes; eleven and more are cut.
# shown: differ(labels(20, 12), 12)
# kind: sentence
import torch



def one_hot(labels, num_classes):
    return torch.eye(num_classes, dtype=torch.int64)[labels % 10]
