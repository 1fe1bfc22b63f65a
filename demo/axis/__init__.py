"""A sample document axis: what agencies of the city sent each other, as edXML messages."""
