"""A sample city with known truth: agencies, scans, a registry server. No room imports it."""
