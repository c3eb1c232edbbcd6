"""The commands: parse, call one use case, render, exit code. Only here do click and print live."""
