"""The national business registration database: enterprises and their changes."""
