"""WHEN and in WHAT ORDER: Dagster definitions, settings, jobs, sensors, gates between layers."""
