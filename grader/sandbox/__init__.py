"""Run submissions in isolated processes, and give checks access to them."""
