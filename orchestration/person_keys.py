"""The secret that people's numbers are made into tokens with, resolved only in a run."""

import dagster as dg

from connectors.population.person_key import PersonKey


class PersonKeys(dg.ConfigurableResource):
    """The installation's key for tokens of people."""

    secret: str
    key_id: str

    def key(self) -> PersonKey:
        """Return the key.

        Raises:
            PersonKeyMissing: no secret is set, or none worth the name.
        """
        return PersonKey(self.secret, self.key_id)
