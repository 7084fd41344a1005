"""Padding before sealing: how long a ciphertext is says as little as can be had of what was written."""

from sealing.errors import DecryptionError

STEP = 32
SMALL = 256
MARK = b"\x80"


def padded_length(length: int) -> int:
    """Return to how many bytes so many are padded: to multiples of 32 up to 256, above that as Padmé says.

    Padmé (Nikitin and others, "Reducing Metadata Leakage from Encrypted Files", PoPETs 2019) adds at most 12 % and
    lets only the order of magnitude be seen.
    """
    if length <= SMALL:
        return -(-length // STEP) * STEP
    exponent = length.bit_length() - 1
    kept_bits = exponent.bit_length()
    mask = (1 << (exponent - kept_bits)) - 1
    return (length + mask) & ~mask


def pad(plain: bytes) -> bytes:
    """Return the bytes with a mark and as many zeros as it takes (ISO/IEC 7816-4)."""
    return (plain + MARK).ljust(padded_length(len(plain) + 1), b"\0")


def unpad(padded: bytes) -> bytes:
    """Return what was padded; refuses with DecryptionError what never was."""
    plain, mark, rest = padded.rpartition(MARK)
    if not mark or rest.strip(b"\0"):
        raise DecryptionError("A sealed value was opened that carries no padding.")
    return plain
