"""The letterhead of a paper as data: who the office is, where it is reached by post, and its logo."""

from dataclasses import dataclass

BOX = (56.0, 13.0)  # millimetres in which the logo is drawn, here and in print.css


@dataclass(frozen=True)
class Logo:
    """The picture on a letterhead: a PNG that was cleaned when it was chosen, and where a browser finds it."""

    png: bytes
    width: int
    height: int
    address: str

    @property
    def size(self) -> tuple[float, float]:
        """Return how wide and high it is drawn, in millimetres: as large as the box lets it be."""
        by = min(BOX[0] / self.width, BOX[1] / self.height)
        return self.width * by, self.height * by


@dataclass(frozen=True)
class Letterhead:
    """Name and address of the office as they were when the paper left, with its logo of that day."""

    name: str
    address: tuple[str, ...] = ()
    logo: Logo | None = None

    @property
    def address_line(self) -> str:
        """Return the address in one line."""
        return " · ".join(self.address)

    @property
    def line(self) -> str:
        """Return name and address in one line."""
        return " · ".join([self.name, *self.address])
