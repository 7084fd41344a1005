"""Numbers as they are written or said: the figures of all scripts, and words of number in a row."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sealing import folding

Token = tuple[str, int, int]

UNITS = (
    "zero nought nil oh cero zéro null nul ноль нуль صفر sıfır 零 〇 ศูนย์ शून्य",
    "one uno una un une eins ein um один одна واحد yek bir 一 壹 幺 หนึ่ง एक",
    "two dos deux zwei zwo dois duas due два две اثنان اثنين iki 二 贰 สอง दो",
    "three tres trois drei três tre три ثلاثة ثلاث üç 三 叁 สาม तीन",
    "four cuatro quatre vier quatro quattro четыре اربعة أربع dört 四 肆 สี่ चार",
    "five cinco cinq fünf cinque пять خمسة خمس beş 五 伍 ห้า पाँच पांच",
    "six seis sechs seis sei шесть ستة ست altı 六 陆 หก छह छः",
    "seven siete sept sieben sete sette семь سبعة سبع yedi 七 柒 เจ็ด सात",
    "eight ocho huit acht oito otto восемь ثمانية ثماني sekiz 八 捌 แปด आठ",
    "nine nueve neuf neun nove девять تسعة تسع dokuz 九 玖 เก้า नौ",
)
LARGER = {
    10: "ten diez dix zehn dez dieci десять",
    11: "eleven once onze elf undici одиннадцать",
    12: "twelve doce douze zwölf doze dodici двенадцать",
    13: "thirteen trece treize dreizehn treze tredici тринадцать",
    14: "fourteen catorce quatorze vierzehn quattordici четырнадцать",
    15: "fifteen quince quinze fünfzehn quindici пятнадцать",
    16: "sixteen dieciséis dieciseis seize sechzehn dezesseis sedici шестнадцать",
    17: "seventeen diecisiete siebzehn dezessete diciassette семнадцать",
    18: "eighteen dieciocho achtzehn dezoito diciotto восемнадцать",
    19: "nineteen diecinueve neunzehn dezenove diciannove девятнадцать",
    20: "twenty veinte vingt vingts zwanzig vinte venti двадцать",
    21: "veintiuno veintiuna",
    22: "veintidós veintidos",
    23: "veintitrés veintitres",
    24: "veinticuatro",
    25: "veinticinco",
    26: "veintiséis veintiseis",
    27: "veintisiete",
    28: "veintiocho",
    29: "veintinueve",
    30: "thirty treinta trente dreißig trinta trenta тридцать",
    40: "forty fourty cuarenta quarante vierzig quarenta quaranta сорок",
    50: "fifty cincuenta cinquante fünfzig cinquenta cinquanta пятьдесят",
    60: "sixty sesenta soixante sechzig sessenta sessanta шестьдесят",
    70: "seventy setenta septante siebzig settanta семьдесят",
    80: "eighty ochenta huitante octante achtzig oitenta ottanta восемьдесят",
    90: "ninety noventa nonante neunzig novanta девяносто",
    200: "doscientos doscientas двести",
    300: "trescientos trescientas триста",
    400: "cuatrocientos четыреста",
    500: "quinientos quinientas пятьсот",
    600: "seiscientos шестьсот",
    700: "setecientos семьсот",
    800: "ochocientos восемьсот",
    900: "novecientos девятьсот",
}
HUNDREDS = "hundred cent cents cien ciento hundert cem cento сто"
TIMES = {2: "double doble", 3: "triple treble"}
LINKS = "and y et und e и plus area code"
SPACE = re.compile(r"[\s\-\u2010\u2011]*")
LETTER_O = "o"  # said for nought in English


def _by_word(words: str, value: int) -> dict[str, int]:
    return {folding.squash(word): value for word in words.split()}


VALUES = {word: value for value, words in enumerate(UNITS) for word in _by_word(words, value)}
VALUES |= {word: value for value, words in LARGER.items() for word in _by_word(words, value)}
HUNDRED = frozenset(_by_word(HUNDREDS, 100))
MANY = {word: times for times, words in TIMES.items() for word in _by_word(words, times)}
LINK = frozenset(_by_word(LINKS, 0))


@dataclass
class Run:
    """Figures that stand or are said in a row, each with the place of the word it came from."""

    figures: str = ""
    places: list[tuple[int, int]] = field(default_factory=list)
    pending: int | None = None
    times: int = 1
    where: tuple[int, int] = (0, 0)

    def add(self, figures: str, place: tuple[int, int]) -> None:
        """Add written figures."""
        self.settle()
        self._put(figures, place)

    def say(self, value: int, place: tuple[int, int]) -> None:
        """Add a word of number; twenty and five are twenty-five, five and five are two figures."""
        held = self.pending
        if held is not None and _goes_with(held, value):
            self.pending = 80 if (held, value) == (4, 20) else held + value
            self.where = (self.where[0], place[1])
            return
        self.settle()
        self.pending, self.where = value, place

    def hundred(self, place: tuple[int, int]) -> None:
        """Make five into five hundred; alone it is a hundred."""
        if self.pending is not None and 0 < self.pending < 10:
            self.pending *= 100
            self.where = (self.where[0], place[1])
        else:
            self.say(100, place)

    def settle(self) -> None:
        """Write down the number that was being said."""
        if self.pending is not None:
            said, self.pending = str(self.pending) * self.times, None
            self.times = 1
            self._put(said, self.where)

    def _put(self, figures: str, place: tuple[int, int]) -> None:
        self.figures += figures
        self.places += [place] * len(figures)


def runs(tokens: Iterable[Token], text: str) -> Iterator[Run]:
    """Return the figures of a text, a row of them for each place where no other word comes between.

    A comma ends a word of number: thirty, five are two numbers.
    """
    run, last = Run(), 0
    for token, start, end in tokens:
        if not SPACE.fullmatch(text, last, start):
            run.settle()
        last = end
        if not _takes(run, token, (start, end)):
            run.settle()
            if run.figures:
                yield run
            run = Run()
    run.settle()
    if run.figures:
        yield run


def _takes(run: Run, token: str, place: tuple[int, int]) -> bool:
    """Add a token to the row, if it belongs to one."""
    figures = "".join(letter for letter in token if letter.isdecimal())
    is_begun = bool(run.figures) or run.pending is not None
    if figures:
        run.add(figures, place)
    elif token in VALUES:
        run.say(VALUES[token], place)
    elif token in HUNDRED:
        run.hundred(place)
    elif token in MANY:
        run.settle()
        run.times = MANY[token]
    elif token == LETTER_O:
        run.say(0, place)
    else:
        return token in LINK and is_begun
    return True


def _goes_with(held: int, value: int) -> bool:
    """Whether a word of number goes on the one before it: hundred and anything less, tens and a unit, as French counts."""
    if (held, value) == (4, 20):
        return True
    if held >= 100 and held % 100 == 0:
        return 0 < value < 100
    tens = held % 100
    if tens in {60, 80} and 10 <= value < 20:
        return True
    return 20 <= tens <= 90 and tens % 10 == 0 and 0 < value < 10
