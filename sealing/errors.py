"""What can go wrong with sealed values and with the guards of the database, told without telling a value."""


class DecryptionError(Exception):
    """A sealed or encrypted value could not be opened. The message names model and field, never the value."""


class KeyMissing(DecryptionError):
    """The key that should open or seal this value is not there: never made, destroyed, or nobody knows how to find it."""


class TriggersMissing(Exception):
    """The database does not hold every trigger of the registry as it is written; the site must not start."""
