"""A sample business registry: a real HTTP server over invented enterprises."""
