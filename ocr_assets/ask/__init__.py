"""A model behind an endpoint is asked for what the rules did not find; people judge its answers."""
