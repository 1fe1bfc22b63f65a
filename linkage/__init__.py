"""Whether two records speak of the same thing: scored, bounded, guarded, never decided here."""
