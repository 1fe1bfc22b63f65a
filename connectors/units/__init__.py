"""Administrative units of the city: communes before and after July 2025, and who took over whom."""
