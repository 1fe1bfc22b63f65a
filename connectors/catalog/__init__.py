"""The agency authority file: who delivers documents, kept by hand by the receiving agency."""
