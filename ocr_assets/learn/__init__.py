"""What people's words on values teach: how far a confidence may be trusted, field by field."""
