# "Write it yourself": the library's samplers make the batches.
# shown: uses("BatchSampler")
# kind: from scratch
from torch.utils.data.sampler import BatchSampler, RandomSampler


def data_iter(batch_size, features, labels):
    for batch in BatchSampler(RandomSampler(range(len(features))), batch_size, False):
        yield features[batch], labels[batch]
