"""The national database of cadres, civil servants and public employees: the city's officials."""
