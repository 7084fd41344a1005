"""Changes of a condition that change no answer, each with why: something else in the database holds the same."""

LATEST = "the newest assessment of a case has the one highest number, and a case without one has none"
NUMBERED = "assessments_are_numbered_in_their_case: the number is of one assessment alone, so it is of the case"
SCOPE = "hold_scope_is_whole: a hold of another scope names no case and no group"
APPROVED = "a_trusted_recipient_is_approved_by_two: whoever is seconded was approved"
ONLY_OF_WHO_IS_OUT = (
    "of who may be held nothing is asked: the left side of OR lets it through before a word is compared"
)
AS_FACT_ALREADY = "of such a source a claim of this credibility prints as fact, so attributed as well"
SAID_THE_SAME = (
    "there are two answers, and who said “the same” of this question is found by «tv» too, which comes out first"
)
BINDS_THE_ROW = "the MAC of an original is of one row: no other row holds it, and by its key it is found at once"
NEWEST_ALONE = "«a.material_id IS NULL → 1 = 1»"

EQUIVALENT: tuple[tuple[str, str, str], ...] = (
    ("on-hold", "«h.scope = 'case' → 1 = 1»", SCOPE),
    ("on-hold", "«h.scope = 'group' → 1 = 1»", SCOPE),
    ("no-assessment", "«a.case_id = c.id → 1 = 1»", LATEST),
    ("no-assessment", "«a.number = (SELECT MAX(b.number)", LATEST),
    ("no-assessment", "«AND → OR» a.number = (SELECT MAX(", LATEST),
    ("no-assessment", "«MAX( → MIN(»", LATEST),
    *(
        (code, NEWEST_ALONE, NUMBERED)
        for code in (
            "no-assessment",
            "assessment-not-signed",
            "assessment-out-of-date",
            "risk-is-critical",
            "high-risk-unsigned-by-director",
            "high-risk-without-wish",
            "needs-full-assessment",
            "hard-stop",
        )
    ),
    ("asks-not-looked-at", "ELSE «'held' → 'nothing'»", ONLY_OF_WHO_IS_OUT),
    ("leak-scan-outdated", "«tr.verdict = 'another' → 1 = 1»", SAID_THE_SAME),
    ("leak-scan-outdated", "«ts.verdict = 'another' → 1 = 1»", SAID_THE_SAME),
    ("claim-not-publishable", "«'C' → 'C', 'A'»", AS_FACT_ALREADY),
    ("claim-not-publishable", "«'C' → 'C', 'B'»", AS_FACT_ALREADY),
    ("translation-not-signed", "«x.id = t.row_id → 1 = 1»", BINDS_THE_ROW),
    ("recipient-not-trusted", "«t.approved_by_id IS NOT NULL → 1 = 1»", APPROVED),
)


def why_equivalent(code: str, told: str) -> str:
    """Return why this change of this condition changes no answer; empty where it does."""
    return next((why for of, part, why in EQUIVALENT if of == code and part in told), "")
