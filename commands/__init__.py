"""The front door: what a person types; every command calls a room and holds no logic of its own."""
