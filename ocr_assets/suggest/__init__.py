"""What may be said of a document beyond its fields: proposals, each until a person accepts it.

Retention group and term, keywords, a sentence that sums it up, personal data that is on it, and
the vector that finds what is like it. Pure functions over readings; nothing here knows a database.
"""
