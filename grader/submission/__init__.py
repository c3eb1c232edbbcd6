"""Collect, store and read submissions."""
