"""The families of fonts that are part of this site, in the order in which a letter looks for one that draws it."""

from dataclasses import dataclass

INDIC = ((0x0951, 0x0952), (0x0964, 0x0965), (0x200B, 0x200D), (0x20B9, 0x20B9), (0x25CC, 0x25CC), (0xA830, 0xA839))
JOINERS = ((0x200B, 0x200D), (0x25CC, 0x25CC))


@dataclass(frozen=True)
class Family:
    """A family: its files (a place for the weight in the name), and the blocks of letters for which it is looked at.

    `blocks` is empty for the one family that is always there. One that came in a single weight is drawn bold with it, too.
    """

    name: str
    file: str
    blocks: tuple[tuple[int, int], ...] = ()
    has_bold: bool = True

    def file_of(self, weight: int) -> str:
        """Return the name of the file that draws this weight."""
        return self.file.format(weight if self.has_bold else 400)

    def is_looked_at(self, letters: set[int]) -> bool:
        """Say whether one of these letters lies in its blocks; its file is not opened otherwise."""
        return not self.blocks or any(first <= letter <= last for letter in letters for first, last in self.blocks)


LATIN = Family("Amparo Latin", "noto-sans-latin-{}.woff2")
ARABIC = Family(
    "Amparo Arabic",
    "vazirmatn-arabic-{}.woff2",
    ((0x0600, 0x06FF), (0x0750, 0x077F), (0x200C, 0x2011), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
)
MORE_ARABIC = Family(
    "Amparo More Arabic",
    "noto-sans-arabic-{}.woff2",
    ((0x0600, 0x08FF), (0x200C, 0x204F), (0x2E41, 0x2E41), (0xFB50, 0xFEFF)),
)
FAMILIES = (
    LATIN,
    Family(
        "Amparo Latin Extended",
        "noto-sans-latin-ext-{}.woff2",
        ((0x0100, 0x036F), (0x1D00, 0x1EFF), (0x2000, 0x21FF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF)),
    ),
    Family("Amparo Cyrillic", "noto-sans-cyrillic-{}.woff2", ((0x0301, 0x0301), (0x0400, 0x04B1), (0x2116, 0x2116))),
    Family(
        "Amparo Cyrillic Extended",
        "noto-sans-cyrillic-ext-{}.woff2",
        ((0x0460, 0x052F), (0x1C80, 0x1C88), (0x20B4, 0x20B4), (0x2DE0, 0x2DFF), (0xA640, 0xA69F), (0xFE2E, 0xFE2F)),
    ),
    Family("Amparo Greek", "noto-sans-greek-{}.woff2", ((0x0370, 0x03FF),)),
    Family(
        "Amparo Vietnamese",
        "noto-sans-vietnamese-{}.woff2",
        ((0x00C0, 0x01B0), (0x0300, 0x0329), (0x1EA0, 0x1EF9), (0x20AB, 0x20AB)),
    ),
    Family(
        "Amparo More Latin",
        "noto-sans-rest-{}.woff2",
        (
            (0x02CD, 0x036F),
            (0x1AB0, 0x1AFF),
            (0x1DC0, 0x1FFF),
            (0x2000, 0x218F),
            (0x2E00, 0x2E5F),
            (0xA700, 0xA71F),
            (0xAB30, 0xAB6B),
            (0xFB00, 0xFB06),
            (0xFE20, 0xFE2F),
        ),
    ),
    ARABIC,
    MORE_ARABIC,
    Family("Amparo Hebrew", "noto-sans-hebrew-{}.woff2", ((0x0590, 0x05FF), (0x20AA, 0x20AA), (0xFB1D, 0xFB4F))),
    Family("Amparo Armenian", "noto-sans-armenian-{}.woff2", ((0x0530, 0x058F), (0xFB13, 0xFB17))),
    Family("Amparo Georgian", "noto-sans-georgian-{}.woff2", ((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2D))),
    Family(
        "Amparo Ethiopic",
        "noto-sans-ethiopic-{}.woff2",
        ((0x030E, 0x030E), (0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F), (0x1E7E0, 0x1E7FF)),
    ),
    Family("Amparo Thaana", "noto-sans-thaana-{}.woff2", ((0x0780, 0x07BF), *JOINERS)),
    Family(
        "Amparo Devanagari",
        "noto-sans-devanagari-{}.woff2",
        ((0x0900, 0x097F), (0x1CD0, 0x1CFF), (0x20F0, 0x20F0), (0xA8E0, 0xA8FF), (0x11B00, 0x11B09), *INDIC),
    ),
    Family(
        "Amparo Bengali", "noto-sans-bengali-{}.woff2", ((0x0980, 0x09FF), (0x1CF7, 0x1CF7), (0xA8F1, 0xA8F1), *INDIC)
    ),
    Family("Amparo Gurmukhi", "noto-sans-gurmukhi-{}.woff2", ((0x0A00, 0x0A7F), (0x262C, 0x262C), *INDIC)),
    Family("Amparo Gujarati", "noto-sans-gujarati-{}.woff2", ((0x0A80, 0x0AFF), *INDIC)),
    Family("Amparo Odia", "noto-sans-oriya-{}.woff2", ((0x0B00, 0x0B7F), *INDIC)),
    Family("Amparo Tamil", "noto-sans-tamil-{}.woff2", ((0x0B80, 0x0BFF), *INDIC)),
    Family("Amparo Telugu", "noto-sans-telugu-{}.woff2", ((0x0C00, 0x0C7F), *INDIC)),
    Family("Amparo Kannada", "noto-sans-kannada-{}.woff2", ((0x0C80, 0x0CFF), *INDIC)),
    Family("Amparo Malayalam", "noto-sans-malayalam-{}.woff2", ((0x0D00, 0x0D7F), *INDIC)),
    Family("Amparo Sinhala", "noto-sans-sinhala-{}.woff2", ((0x0D80, 0x0DFF), (0x111E0, 0x111FF), *INDIC)),
    Family("Amparo Thai", "noto-sans-thai-{}.woff2", ((0x0E00, 0x0E5F), *JOINERS)),
    Family("Amparo Lao", "noto-sans-lao-{}.woff2", ((0x0E80, 0x0EDF), *JOINERS)),
    Family("Amparo Tibetan", "noto-serif-tibetan-{}.woff2", ((0x0F00, 0x0FDF), *JOINERS)),
    Family(
        "Amparo Burmese",
        "noto-sans-myanmar-{}.woff2",
        ((0x1000, 0x109F), (0xA92E, 0xA92E), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), *JOINERS),
    ),
    Family("Amparo Khmer", "noto-sans-khmer-{}.woff2", ((0x1780, 0x17FF), (0x19E0, 0x19FF), *JOINERS)),
    Family(
        "Amparo Han",
        "noto-sans-sc-{}.woff",
        ((0x3000, 0x33FF), (0x4E00, 0x9FFF), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF)),
    ),
    Family("Amparo Hangul", "noto-sans-kr-{}.woff", ((0x3130, 0x327F), (0xAC00, 0xD7A3))),
    Family(
        "Amparo More Han",
        "noto-sans-cjk-sc-rest-{}.woff2",
        (
            (0x3000, 0x303F),
            (0x31A0, 0x31FF),
            (0x3400, 0x4DBF),
            (0x4E00, 0x9FFF),
            (0xF900, 0xFAFF),
            (0xFE30, 0xFE4F),
            (0xFF00, 0xFFEF),
            (0x20000, 0x2FFFF),
        ),
        has_bold=False,
    ),
    Family(
        "Amparo Signs",
        "noto-sans-symbols-{}.woff2",
        (
            (0x20D0, 0x21FF),
            (0x2300, 0x24FF),
            (0x25CC, 0x27BF),
            (0x2900, 0x297F),
            (0x1F100, 0x1F1AF),
            (0x1F546, 0x1F773),
        ),
        has_bold=False,
    ),
    Family(
        "Amparo Mathematics",
        "noto-sans-math-{}.woff",
        ((0x2000, 0x2BFF), (0x3012, 0x3030), (0x1D400, 0x1D7FF), (0x1EE00, 0x1EEFF), (0x1F780, 0x1F7DF)),
        has_bold=False,
    ),
    Family(
        "Amparo Shapes",
        "noto-sans-symbols-2-{}.woff",
        (
            (0x20E2, 0x20E3),
            (0x21AF, 0x28FF),
            (0x2981, 0x29EB),
            (0x2B00, 0x2BFF),
            (0x4DC0, 0x4DFF),
            (0xFFF9, 0xFFFD),
            (0x10140, 0x102FF),
            (0x10E60, 0x10E7F),
            (0x1D2C0, 0x1D37F),
            (0x1F000, 0x1FBFF),
        ),
        has_bold=False,
    ),
    Family(
        "Amparo Emoji",
        "noto-emoji-{}.woff2",
        ((0x203C, 0x3299), (0x1F000, 0x1FAFF), (0xE0062, 0xE007F)),
        has_bold=False,
    ),
)
