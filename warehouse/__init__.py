"""The database itself: embedded server, schema, migrations, loading, roles, the file store."""
