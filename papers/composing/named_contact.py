"""Who answers for the office on a paper: said from the office's own contacts, and asked of the words that leave."""

from directory.models import OfficeContact, OfficeIdentity
from papers.composing import gaps, words
from papers.composing.marks import stands_in
from sealing.letters.languages import language_name


def named_contact(language: str) -> str:
    """Return whom to answer, what they are, how to reach them, and which languages are read.

    Empty where nobody signs, and where whoever signs has no words in this language: a paper prints none of another.
    """
    signing = OfficeContact.objects.signing()
    row = signing.words_in(language) if signing else None
    if row is None:
        return ""
    said = words.say("contact.answer", language, name=row.name, role=row.role, channel=row.channel)
    reads = _languages(language)
    return f"{said} {words.say('contact.reads', language, languages=reads)}" if reads else said


def why_without_contact(code: str, body: list[dict[str, str]], language: str) -> list[str]:
    """Return why these words may not leave: the section of the contact names nobody who answers for the office now.

    A contact who has no words in the language of the paper is told apart, and so are words of another language that
    stand there as they are. `code` is that of the section, empty for a kind that has none.
    """
    if not code:
        return []
    text = "\n".join(row["text"] for row in body if row["code"] == code)
    rows = [row for row in OfficeContact.objects.present() if row.carries_mark()]
    said = [(row, row.words_in(language)) for row in rows]
    forms = [form for row, words_of in said for form in (row, words_of) if form]
    is_named = any(stands_in(form.name, text) and stands_in(form.channel, text) for form in forms)
    silent = [row for row, words_of in said if words_of is None]
    if any(stands_in(row.role, text) for row in silent) or (not is_named and any(row.is_default for row in silent)):
        return [str(gaps.CONTACT_WORDS) % {"language": language_name(language)}]
    return [] if is_named else [str(gaps.CONTACT)]


def _languages(language: str) -> str:
    office = OfficeIdentity.at()
    codes = office.reads.split(",") if office and office.reads else []
    return words.say("date.comma", language).join(language_name(code, language) for code in codes)
