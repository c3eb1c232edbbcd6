# framework: torch
import torch


def masked_softmax(X, valid_lens):
    lens = valid_lens if valid_lens.dim() == 2 else valid_lens.unsqueeze(1).expand(-1, X.size(1))
    keep = torch.arange(X.size(2)).view(1, 1, -1) < lens.unsqueeze(2)
    E = torch.exp(X) * keep
    return E / E.sum(-1, keepdim=True)


def dot_product_attention(Q, K, V, mask=None):
    scores = torch.einsum("nqd,nkd->nqk", Q, K) * Q.size(-1) ** -0.5
    if mask is not None:
        scores = torch.where(mask, scores, torch.finfo(scores.dtype).min)
    E = torch.exp(scores - scores.amax(-1, keepdim=True))
    return torch.einsum("nqk,nkv->nqv", E, V) / E.sum(-1, keepdim=True)


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    d = X.size(2)
    Q, K, V = (
        torch.einsum("ntd,dhe->nthe", X, W.view(d, num_heads, -1)) for W in (W_q, W_k, W_v)
    )
    A = torch.einsum("nqhe,nkhe->nhqk", Q / (d / num_heads) ** 0.5, K).softmax(-1)
    H = torch.einsum("nhqk,nkhe->nqhe", A, V)
    return torch.einsum("nqhe,hed->nqd", H, W_o.view(num_heads, -1, d))


def layer_norm(X, gamma, beta, eps=1e-5):
    d = X.size(-1)
    Z = X - X.sum(-1, keepdim=True) / d
    return torch.addcmul(beta, gamma, Z / (Z.square().sum(-1, keepdim=True) / d + eps) ** 0.5)
