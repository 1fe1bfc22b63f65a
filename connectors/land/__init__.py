"""The national land database: parcels of the city and their changes."""
