"""The commands. Each parses, calls one use case, renders and exits; only here is click used."""
