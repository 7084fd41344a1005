"""What the database keeps of materials: revisions, the list of uses, and that sent means cleared."""

from sealing import triggers
from sealing.triggers import Clause, Trigger

first = "OLD.{0} IS NULL".format

NO_REVIEW_YET = (
    "NOT EXISTS (SELECT 1 FROM {t:safety_review} r WHERE r.material_id = NEW.material_id AND r.revision = NEW.revision)"
    " AND NOT EXISTS (SELECT 1 FROM {t:materials_dispatch} d WHERE d.material_id = NEW.material_id AND d.revision = NEW.revision)"
)
OF_THIS_REVISION = "NEW.revision = (SELECT m.revision FROM {t:materials_material} m WHERE m.id = NEW.material_id)"
SENT_HAS_ITS_ROW = (
    "NEW.status NOT IN ('sent', 'published') OR EXISTS (SELECT 1 FROM {t:materials_dispatch} d"
    " WHERE d.material_id = NEW.id AND d.kind = NEW.status)"
)
IS_OUT = "EXISTS (SELECT 1 FROM {t:materials_dispatch} d WHERE d.material_id = NEW.material_id AND d.revision = NEW.revision)"
FACTS = (
    Clause("another-revision", OF_THIS_REVISION),
    Clause("already-judged", f"NEW.number > 1 OR ({NO_REVIEW_YET})"),
    Clause("one-person-alone", f"NEW.needs_second OR NOT {IS_OUT}"),
    Clause("born-seconded", "NEW.seconded_by_id IS NULL"),
)
PAGE_STANDS = (
    "EXISTS (SELECT 1 FROM {t:materials_publicpage} p JOIN {t:materials_dispatch} d ON d.id = p.dispatch_id"
    " WHERE p.id = NEW.page_id AND d.material_id = NEW.material_id AND p.taken_down_at IS NULL)"
)


def uses(table: str, noun: str) -> list[Trigger]:
    """Return the triggers of a list of uses: made for the present revision before anybody judged it, never changed."""
    clauses = (Clause("another-revision", OF_THIS_REVISION), Clause("already-judged", NO_REVIEW_YET))
    return [
        Trigger(f"{noun}_are_named_before_the_revision_is_judged", table, "INSERT", clauses),
        *triggers.append_only(table, name=f"{noun}_of_a_revision_never_change"),
    ]


def registered() -> list[Trigger]:
    """Return every trigger of this app."""
    only = triggers.only_these_columns_change
    return [
        *triggers.raises_revision(
            "materials_material",
            name="changed_words_raise_the_revision",
            columns=("title", "body", "language", "audience", "level", "kind", "mac", "uses_digest"),
        ),
        Trigger(
            "sent_means_cleared", "materials_material", "UPDATE OF status", (Clause("no-dispatch", SENT_HAS_ITS_ROW),)
        ),
        Trigger(
            "nothing_is_born_sent",
            "materials_material",
            "INSERT",
            (Clause("born-sent", "NEW.status NOT IN ('sent', 'published')"),),
        ),
        *triggers.never_deleted("materials_material", name="a_material_is_never_deleted"),
        Trigger(
            "a_judged_material_takes_no_further_case",
            "materials_materialcase",
            "INSERT",
            (
                Clause(
                    "already-judged",
                    "NOT EXISTS (SELECT 1 FROM {t:safety_review} r WHERE r.material_id = NEW.material_id)"
                    " AND NOT EXISTS (SELECT 1 FROM {t:materials_dispatch} d WHERE d.material_id = NEW.material_id)",
                ),
            ),
        ),
        *triggers.append_only("materials_materialcase", name="the_cases_of_a_material_never_change"),
        *triggers.append_only("materials_materialtext", name="kept_words_never_change"),
        *uses("materials_materialclaim", "claims"),
        *uses("materials_materialitem", "items"),
        Trigger("a_fact_is_noted_with_its_words_or_ruled_on", "materials_materialfact", "INSERT", FACTS),
        *only(
            "materials_materialfact",
            name="a_fact_under_a_text_is_only_seconded",
            columns={"seconded_by_id": first("seconded_by_id"), "seconded_at": first("seconded_at")},
        ),
        *triggers.never_deleted("materials_materialfact", name="a_fact_under_a_text_is_never_deleted"),
        *only(
            "materials_dispatch",
            name="a_dispatch_is_append_only",
            columns={
                "dispatched_at": first("dispatched_at"),
                "reviewed_after_by_id": first("reviewed_after_by_id"),
                "reviewed_after_at": first("reviewed_after_at"),
            },
        ),
        *triggers.never_deleted("materials_dispatch", name="a_dispatch_is_never_deleted"),
        *only(
            "materials_copy",
            name="a_copy_is_append_only",
            columns={
                "dispatched_at": first("dispatched_at"),
                "handed_over_at": f"{first('handed_over_at')} AND NEW.dispatched_at IS NOT NULL",
                "handed_over_by_id": first("handed_over_by_id"),
                "stale_at": first("stale_at"),
                "file": first("file"),
                "file_mac": first("file_mac"),
                "paper_mac": "1 = 1",  # made anew with another key; the number itself never changes
            },
        ),
        *triggers.never_deleted("materials_copy", name="a_copy_is_never_deleted"),
        Trigger(
            "only_a_published_dispatch_has_a_page",
            "materials_publicpage",
            "INSERT",
            (
                Clause(
                    "not-published",
                    "EXISTS (SELECT 1 FROM {t:materials_dispatch} d WHERE d.id = NEW.dispatch_id AND d.kind = 'published' AND d.dispatched_at IS NOT NULL)",
                ),
            ),
        ),
        *only(
            "materials_publicpage",
            name="a_page_can_only_be_taken_down",
            columns={
                "taken_down_at": first("taken_down_at"),
                "taken_down_by_id": first("taken_down_by_id"),
                "down_review_due_at": "OLD.taken_down_at IS NULL",
                "down_reviewed_by_id": f"{first('down_reviewed_by_id')} AND OLD.taken_down_at IS NOT NULL",
                "down_reviewed_at": f"{first('down_reviewed_at')} AND OLD.taken_down_at IS NOT NULL",
                "address_mac": "1 = 1",  # made anew with another key; what it is of never changes
                "ends_at": "1 = 1",  # a reminder for Today; the gate itself reads the consents and assessments
            },
        ),
        *triggers.never_deleted("materials_publicpage", name="a_page_is_never_deleted"),
        Trigger(
            "an_extension_is_born_without_agreement",
            "materials_pageextension",
            "INSERT",
            (
                Clause("born-agreed", "NEW.agreed_by_id IS NULL AND NEW.agreed_at IS NULL"),
                Clause("not-its-page", PAGE_STANDS),
            ),
        ),
        *only(
            "materials_pageextension",
            name="an_extension_is_only_agreed_to",
            columns={
                "agreed_by_id": first("agreed_by_id"),
                "agreed_at": first("agreed_at"),
            },
        ),
        *triggers.never_deleted("materials_pageextension", name="an_extension_is_never_deleted"),
        Trigger(
            "a_shortening_is_born_unseen",
            "materials_pageshortening",
            "INSERT",
            (Clause("born-seen", "NEW.reviewed_by_id IS NULL AND NEW.reviewed_at IS NULL"),),
        ),
        *only(
            "materials_pageshortening",
            name="a_shortening_is_only_looked_at",
            columns={"reviewed_by_id": first("reviewed_by_id"), "reviewed_at": first("reviewed_at")},
        ),
        *triggers.never_deleted("materials_pageshortening", name="a_shortening_is_never_deleted"),
        Trigger(
            "the_four_answers_are_about_the_present_words",
            "materials_emergencycheck",
            "INSERT",
            (Clause("another-revision", OF_THIS_REVISION),),
        ),
        *triggers.append_only("materials_emergencycheck", name="the_four_answers_are_append_only"),
    ]


for trigger in registered():
    triggers.register(trigger)
