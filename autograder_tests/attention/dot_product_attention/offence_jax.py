# told: jax.nn.dot_product_attention
# framework: jax
import jax


def dot_product_attention(Q, K, V, mask=None):
    heads = [a[:, :, None] for a in (Q, K, V)]
    if mask is not None:
        mask = mask[:, None]
    return jax.nn.dot_product_attention(*heads, mask=mask)[:, :, 0]
