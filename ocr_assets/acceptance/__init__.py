"""Acceptance of a batch: which sample is looked at, what was found, what may be decided."""
