"""Registers that agencies without a service deliver as files: CSV and Excel, read by a mapping."""
