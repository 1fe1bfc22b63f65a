"""HOW we read registries: one folder each, the same files in every folder."""
