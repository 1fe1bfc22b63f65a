"""HOW a scan becomes a document: reading, archive copy, fields, outcomes."""
