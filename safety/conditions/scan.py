"""Whether the text was looked through for protected words, and a person ruled on each that was found."""

from django.utils.translation import gettext_lazy as _

from safety.conditions.mending import FINDINGS_PAGE, MATERIAL_PAGE, RULES_ON_FINDINGS, SENDS_TO_REVIEW
from safety.conditions.record import ASKED, EVERYTHING, Condition, ReviewCell, no_such
from safety.conditions.twins import ANOTHER_PERSON

LATEST_SCAN = (
    "l.material_id = NEW.material_id AND l.revision = NEW.revision AND l.material_mac = NEW.mac AND l.scanned_at ="
    " (SELECT MAX(n.scanned_at) FROM {t:safety_leakscan} n WHERE n.material_id = NEW.material_id AND n.revision = NEW.revision)"
)
LEAK_FINDING_OPEN_ROWS = f"{{t:safety_leakscan}} l JOIN {{t:safety_leakfinding}} lf ON lf.scan_id = l.id WHERE {LATEST_SCAN} AND lf.ruled_by_id IS NULL"
# A case of the text, or one that counts beside it as about the same person, whose protected words changed since the latest
# scan, or of which that scan knew nothing.
SCAN_OUTDATED_ROWS = (
    "{t:safety_leakscan} l LEFT JOIN {t:safety_scannedcase} k ON k.scan_id = l.id AND k.case_id = c.id"
    f" LEFT JOIN {{t:casework_possibletwin}} tw ON (tw.one_id = c.id OR tw.other_id = c.id) AND NOT ({ANOTHER_PERSON})"
    " LEFT JOIN {t:casework_case} x ON x.id = CASE WHEN tw.one_id = c.id THEN tw.other_id ELSE tw.one_id END"
    " LEFT JOIN {t:safety_scannedcase} kx ON kx.scan_id = l.id AND kx.case_id = x.id"
    f" WHERE {LATEST_SCAN} AND (COALESCE(k.protected_revision, 0) <> c.protected_revision"
    " OR COALESCE(kx.protected_revision, 0) <> x.protected_revision)"
)

SCAN: tuple[Condition, ...] = (
    Condition(
        code="leak-scan-missing",
        sentence=_("The leak scan has not run on this revision."),
        mend=_("Send it to review"),
        page=MATERIAL_PAGE,
        mender=SENDS_TO_REVIEW,
        cell=ReviewCell.SCAN,
        holds=f"EXISTS (SELECT 1 FROM {{t:safety_leakscan}} l WHERE {LATEST_SCAN})",
        moments=ASKED,
    ),
    Condition(
        code="leak-scan-outdated",
        sentence=_(
            "Protected words of the case changed after the leak scan. It runs again when somebody opens the text or sends it."
        ),
        mend=_("Open the findings"),
        page=FINDINGS_PAGE,
        mender=SENDS_TO_REVIEW,
        cell=ReviewCell.SCAN,
        holds=no_such(SCAN_OUTDATED_ROWS),
        rows=SCAN_OUTDATED_ROWS,
        keys="c.id, l.id",
        moments=EVERYTHING,
        of_each_case=True,
    ),
    Condition(
        code="leak-scan-cannot-check",
        sentence=_("The leak scan could not check this text, and nobody has read it for names."),
        mend=_("Go to the findings"),
        page=FINDINGS_PAGE,
        mender=RULES_ON_FINDINGS,
        cell=ReviewCell.SCAN,
        holds=f"NOT EXISTS (SELECT 1 FROM {{t:safety_leakscan}} l WHERE {LATEST_SCAN} AND l.verdict = 'cannot_check' AND l.read_by_id IS NULL)",
        moments=ASKED,
    ),
    Condition(
        code="leak-finding-open",
        sentence=_("The leak scan found protected words that nobody has ruled on."),
        mend=_("Go to the findings"),
        page=FINDINGS_PAGE,
        mender=RULES_ON_FINDINGS,
        cell=ReviewCell.SCAN,
        holds=no_such(LEAK_FINDING_OPEN_ROWS),
        rows=LEAK_FINDING_OPEN_ROWS,
        keys="lf.case_id, lf.id",
        moments=EVERYTHING,
    ),
)
