"""WHAT must be true of data: suites, the gate that judges them, their reports."""
