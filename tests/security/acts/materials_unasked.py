"""What of materials asks nobody: it only reads, or is a part of verbs that asked."""

from tests.security.acts.record import heard, part, reads

TELLING = (
    "changed_facts",
    "dispatches",
    "exceptions",
    "extensions",
    "handing_over",
    "materials",
    "public_pages",
    "reviews",
)
UNASKED = (
    *reads(
        "it reads what it is handed and writes nothing",
        "materials.actions.dispatches.clearance_of",
        "materials.actions.dispatches.is_authentic",
        "materials.actions.dispatches.is_whole",
        "materials.actions.dispatches.refuse_if_forged",
        "materials.actions.exceptions.conditions",
        "materials.actions.exceptions.critical_cases",
        "materials.actions.exceptions.ended",
        "materials.actions.exceptions.open_exceptions",
        "materials.actions.exceptions.ratings",
        "materials.actions.extensions.pages_running_out",
        "materials.actions.choosing.composed",
        "materials.actions.choosing.kept_words",
        "materials.actions.saving.choices_of",
        "materials.actions.saving.read_back_of",
        "materials.actions.saving.wishes_of",
        "materials.actions.saving.merged",
        "materials.actions.public_pages.may_be_read",
        "materials.actions.public_pages.shortened",
        "materials.actions.public_pages.told_of",
        "materials.actions.public_pages.waits_for_a_look",
        "materials.actions.reviews.is_authentic",
    ),
    *reads(
        "it finds among what the actor may see, for a command; a draft that it composes asks and is thrown away",
        "materials.drafting.asked",
        "materials.drafting.existing",
        "materials.drafting.latest_copy",
        "materials.drafting.why_not_cleared",
        "materials.leaving.last_left.last_left",
    ),
    *reads("a scan can only find more; every way out begins with it", "materials.leaving.scanning.renew_scan"),
    part(
        "notes what the words ask, for a verb that asked",
        "materials.asks_used.say_asks_make_sense",
        "advocacy.actions.urgent",
        "materials.actions.changed_facts",
        "materials.actions.materials",
    ),
    part(
        "keeps the new list beside the words, for a verb that asked",
        "materials.actions.saving.keep_beside",
        "materials.actions.materials",
    ),
    *(
        part(
            "prepares the words that a verb saves, which asked",
            f"materials.actions.saving.{name}",
            "materials.actions.choosing",
            "materials.actions.materials",
        )
        for name in ("left_out_now", "number_sources", "own_to_change")
    ),
    part(
        "saves the words, for a verb that asked",
        "materials.actions.saving.save_words",
        "materials.actions.choosing",
        "materials.actions.materials",
    ),
    part(
        "notes the facts under a revision, for a verb that asked",
        "materials.facts_used.keep_facts",
        "materials.actions.materials",
        "materials.actions.saving",
    ),
    part(
        "notes a ruling on facts, for a verb that asked",
        "materials.facts_used.rule_still_right",
        "materials.actions.changed_facts",
        "materials.actions.materials",
    ),
    part(
        "notes a second person's word, for a verb that asked",
        "materials.facts_used.second_still_right",
        "materials.actions.changed_facts",
    ),
    part(
        "tells people of what a verb did that asked",
        "materials.notify.tell",
        *(f"materials.actions.{name}" for name in TELLING),
    ),
    heard("hears of the verb that asked that a consent shrank", "materials.listeners.note_shortening"),
    part(
        "the trail of who read words, after the page found what its reader may see",
        "materials.views.lookup.note_reading",
        "advocacy.views.urgent",
        "materials.views.choosing",
        "materials.views.differences",
        "materials.views.materials",
        "materials.views.reviews",
    ),
)
