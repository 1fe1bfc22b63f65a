"""Which documents may be the same paper, or the same text: proposals with their evidence.

Pure functions over what was read; nothing here knows a database, and nothing decides for a person.
"""
