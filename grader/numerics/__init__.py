"""Pure numerics: arrays in, verdicts out."""
