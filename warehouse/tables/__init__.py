"""The tables we write ourselves, a module a subject; dbt makes all others."""
