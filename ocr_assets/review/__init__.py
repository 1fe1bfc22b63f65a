"""The review desk: a person sees the piece of the page and the value, and says what is right."""
