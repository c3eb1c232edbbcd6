"""The commands. Each parses, calls one use case, renders and exits. Only they use click."""
