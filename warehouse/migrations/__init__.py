"""Alembic migrations of the warehouse, oldest first."""
