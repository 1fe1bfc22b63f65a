"""From words to a picture of paper: type, ink, stamps, then a scanner's faults."""
