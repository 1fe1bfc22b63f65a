"""The document axis (trục liên thông văn bản): electronic documents agencies send each other."""
