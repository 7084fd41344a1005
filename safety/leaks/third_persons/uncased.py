"""Names in scripts without capitals: what stands in quotes, and what stands beside a title or says whose child it is.

A name that stands alone looks like any other word there: such a script is never called checked.
"""

import re
from collections.abc import Iterator

from safety.leaks.third_persons.capitals import CASED, Place
from sealing import folding
from sealing.letters.scripts import UNSPACED, base_letters, letters_by_script, script_of
from sealing.matching import lexicon

MOST_WORDS, MOST_LETTERS = 3, 24
LEAST_LETTERS = 2
QUOTED = re.compile(r"[“„«‹\"‟「『《〝]\s*([^“”„«»‹›\"「」『』《》\n]{2,40}?)\s*[”“»›\"」』》〞]")
SPACED_WORD = re.compile(
    r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0dff'’״׳/-])*"
)
# Roles before a name that are no form of address; what is put before a name to address somebody stands in the lexicon.
ROLES = frozenset(
    folding.squash(word)
    for word in [
        "القاضي",
        "القاضية",
        "الضابط",
        "العقيد",
        "النقيب",
        "العميد",
        "اللواء",
        "المقدم",
        "الرائد",
        "الملازم",
        "الرقيب",
        "المحقق",
        "المعتقل",
        "المعتقلة",
        "السجين",
        "السجينة",
        "الأسير",
        "الأسيرة",
        "الشاهد",
        "الشاهدة",
        "الحارس",
        "السجان",
        "الصحفي",
        "الصحفية",
        "الناشط",
        "الناشطة",
        "الوزير",
        "الرئيس",
        "المدعو",
        "المدعوة",
        "المواطن",
        "المواطنة",
        "زميله",
        "زميلها",
        "زميلته",
        "آقای",
        "خانم",
        "سردار",
        "سرهنگ",
        "قاضی",
        "دکتر",
        "زندانی",
        "شاهد",
        "بازجو",
        "نگهبان",
        "جناب",
        "مسٹر",
        "محترم",
        "השופט",
        "השופטת",
        "השוטר",
        "החוקר",
        "הסוהר",
        "האסיר",
        "האסירה",
        "העד",
        "העדה",
        "עורך",
        "עורכת",
        "न्यायाधीश",
        "वकील",
        "कैदी",
        "गवाह",
        "सुश्री",
        "বিচারক",
        "কয়েদি",
        "সাক্ষী",
        "ডাক্তার",
        "நீதிபதி",
        "கைதி",
        "சாட்சி",
        "მოსამართლე",
        "ადვოკატი",
        "პატიმარი",
        "მოწმე",
        "ექიმი",
        "ዳኛ",
        "ጠበቃ",
        "እስረኛ",
        "ምስክር",
        "ወይዘሮ",
        "ወይዘሪት",
        "ዶክተር",
    ]
)
CHILD_OF = frozenset(folding.squash(word) for word in ["بن", "ابن", "بنت", "أبو", "ابو", "أم", "ولد", "آل"])
TITLES = lexicon.TITLES - {folding.squash("امام")}  # without its article it is read as *before*, too
# What stands behind a role and is no name.
SMALL = frozenset(
    folding.squash(word)
    for word in [
        "في",
        "من",
        "على",
        "عن",
        "إلى",
        "الى",
        "مع",
        "الذي",
        "التي",
        "الذين",
        "هو",
        "هي",
        "هم",
        "كان",
        "كانت",
        "لم",
        "لن",
        "لا",
        "ما",
        "أن",
        "ان",
        "قد",
        "و",
        "أو",
        "ثم",
        "حتى",
        "بعد",
        "قبل",
        "عند",
        "إن",
        "هذا",
        "هذه",
        "ذلك",
        "كل",
        "در",
        "از",
        "به",
        "با",
        "که",
        "را",
        "و",
        "این",
        "آن",
        "است",
        "بود",
        "شد",
        "می",
        "نمی",
        "تا",
        "برای",
        "یا",
        "هم",
        "او",
        "ما",
        "شما",
        "של",
        "את",
        "על",
        "עם",
        "לא",
        "הוא",
        "היא",
        "הם",
        "זה",
        "זו",
        "כי",
        "אם",
        "או",
        "גם",
        "היה",
        "היתה",
        "אשר",
        "के",
        "का",
        "की",
        "को",
        "में",
        "से",
        "पर",
        "ने",
        "है",
        "थे",
        "था",
        "थी",
        "और",
        "या",
        "भी",
        "এর",
        "কে",
        "ও",
        "না",
        "হয়",
        "আর",
        "একটি",
    ]
)
# The commonest family names of one character, so that a title finds where the name before it begins.
SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁"
    "任沈姚卢盧姜崔钟鐘谭譚陆陸汪范廖石金韦韋贾賈夏付方白邹鄒孟熊秦邱江尹薛闫阎段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴武戴莫孔向汤湯"
)
HAN_TITLES = "先生|女士|小姐|太太|老师|老師|律师|律師|法官|警官|检察官|檢察官|博士|教授|医生|醫生|氏|様"
HAN = re.compile(rf"([{SURNAMES}][\u4e00-\u9fff]{{1,2}})(?={HAN_TITLES})")
JAPANESE = re.compile("([\u4e00-\u9fff々]{2,4}|[\u30a1-\u30fa・ー]{2,12})(?=さん|氏|様|先生|弁護士|裁判官|検事|被告)")
KOREAN = re.compile("([\uac00-\ud7a3]{2,4})(?= ?(?:씨|님|선생|판사|검사|변호사|교수|박사)(?:[\\s\uac00-\ud7a3.,!?]|$))")
THAI = re.compile(
    r"(?<![\u0e00-\u0e7f])(?:นางสาว|นาย|นาง|คุณ|ดร\.|น\.ส\.|เด็กชาย|เด็กหญิง)\s?([\u0e01-\u0e4e]{2,20}(?: [\u0e01-\u0e4e]{2,20})?)"
)
LAO_KHMER = re.compile(
    r"(?<![\u0e80-\u0eff])(?:ທ່ານ|ນາງ|ທ້າວ)\s?([\u0e81-\u0ecd]{2,20})|(?<![\u1780-\u17d3])(?:លោកស្រី|លោក|កញ្ញា)\s?([\u1780-\u17d3]{2,20})"
)
BURMESE = re.compile(r"(?:^|(?<=[\s၊။\"“]))(?:ဦး|ဒေါ်|ကို|မောင်|ဒေါက်တာ)([\u1000-\u103f]{2,20})")
GEORGIAN = re.compile(
    r"(?:[\u10d0-\u10fa]{2,} )?[\u10d0-\u10fa]{2,}(?:შვილ|ძე)(?:ი|ის|მა|ს|სთან|თან|ზე)?(?![\u10d0-\u10fa])"
)
BESIDE = (HAN, JAPANESE, KOREAN, THAI, LAO_KHMER, BURMESE, GEORGIAN)


def has_capitals(text: str) -> bool:
    """Whether capitals can tell names here: no letter of another script stands in it."""
    return all(script in CASED for script in letters_by_script(text))


def names(text: str, known: list[Place]) -> Iterator[Place]:
    """Yield what is quoted, what stands beside a title, and who is called somebody's child, in scripts without capitals."""
    if has_capitals(text):
        return
    for place in (*_quoted(text), *_beside_a_title(text), *_behind_a_title(text)):
        if not any(a < place[1] and place[0] < b for a, b in known):
            yield place


def _quoted(text: str) -> Iterator[Place]:
    for match in QUOTED.finditer(text):
        inside = match.group(1)
        is_short = len(inside.split()) <= MOST_WORDS and base_letters(inside) <= MOST_LETTERS
        if is_short and script_of(inside[0]) not in CASED | {""}:
            yield match.span(1)


def _beside_a_title(text: str) -> Iterator[Place]:
    for pattern in BESIDE:
        for match in pattern.finditer(text):
            group = next((number for number in range(1, pattern.groups + 1) if match.group(number)), 0)
            yield match.span(group)


def _behind_a_title(text: str) -> Iterator[Place]:
    """Yield what follows a title in scripts with spaces, and two words with *son of* or the like between them."""
    found = [(folding.squash(match.group()), *match.span()) for match in SPACED_WORD.finditer(text)]
    for number, (token, start, _end) in enumerate(found):
        script = script_of(text[start])
        if script in CASED or script in UNSPACED:
            continue
        is_child = token in CHILD_OF
        if not is_child and token not in ROLES and token not in TITLES:
            continue
        behind = list(_name_behind(text, found, number))
        if behind:
            yield (start if is_child else behind[0][0]), behind[-1][1]


def _name_behind(text: str, found: list[tuple[str, int, int]], number: int) -> Iterator[Place]:
    """Yield up to two words behind a title, with the words for *son of* that join them."""
    left = 2
    last = found[number][2]
    for token, start, end in found[number + 1 : number + 5]:
        if text[last:start].strip(" \u00a0.") or token in SMALL or script_of(text[start]) in CASED or not left:
            return
        if token in ROLES or token in TITLES:
            last = end
            continue
        if len(token) >= LEAST_LETTERS:
            yield start, end
        left -= 0 if token in CHILD_OF else 1
        last = end
