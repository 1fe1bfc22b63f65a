"""The engine's database: in memory only, bounded, cut off from files, extensions and networks."""

import duckdb

from linkage.plan import Bounds


def confined(bounds: Bounds) -> duckdb.DuckDBPyConnection:
    """Return a database of our own that can reach nothing but what is handed to it.

    Nothing spills to disk: the records are people's, and a temporary file outlives a crash.
    """
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": f"{bounds.memory_mb}MB",
            "threads": str(bounds.threads),
            "max_temp_directory_size": "0B",
            "enable_external_access": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "python_enable_replacements": "false",
        },
    )
    connection.execute("set enable_progress_bar = false")
    connection.execute("set lock_configuration = true")
    return connection
