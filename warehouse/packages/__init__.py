"""Dossiers on their way out of the warehouse and into another: METS, PREMIS, EAD, BagIt, rows."""
