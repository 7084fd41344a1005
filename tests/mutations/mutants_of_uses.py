"""Changes of what a text that left rests on: its facts, its asks, its uses, and its bytes."""

from tests.mutations import scenes_of_uses as scenes
from tests.mutations.mutant import Mutant, in_module

facts = in_module("materials.facts_used")
verbs = in_module("materials.actions.changed_facts")
asks = in_module("materials.asks_used")
uses = in_module("materials.disclosures")
leaving = in_module("materials.actions.dispatches")
views = in_module("materials.views.dispatches")
stale = in_module("materials.leaving.staleness")
gate = in_module("safety.gate")

OF_FACTS: tuple[Mutant, ...] = (
    facts("for old in carried.values():\n        _as_it_was(old, material, actor).save(force_insert=True)", "pass",
               "editing other words is no ruling", scenes.a_fact_that_changed_stays_changed_when_other_words_are_edited),
    facts("if not _is_written_anew(old, text,", "if True or not _is_written_anew(old, text,", "words that say it anew are right",
          scenes.a_fact_that_changed_stays_changed_when_other_words_are_edited),
    facts("    if any(stands_in(piece, without(after, text)) for piece in before - after):\n        return False\n", "    if before:\n        return True\n",
          "words that say the old stay wrong", scenes.a_fact_that_changed_stays_changed_when_other_words_are_edited),
    facts("needs_second = Dispatch.objects.filter(material=material, revision=material.revision).exists()", "needs_second = False",
          "what is out wants a second person", scenes.once_it_is_out_two_people_rule_that_it_holds),
    facts("needs_second = Dispatch.objects.filter(material=material, revision=material.revision).exists()", "needs_second = True",
          "what is not out is ruled on by one", scenes.before_anything_is_out_one_person_rules_that_it_holds),
    facts("return rows.filter(seconded_by=None)", "return rows.exclude(seconded_by=None)", "a ruling waits until it is agreed to",
               scenes.once_it_is_out_two_people_rule_that_it_holds),
    facts("return in_words(value) if column in DATES else str(value)", "return str(value)", "days stand in words",
               scenes.what_changed_is_told_before_and_after),
    facts("ruled_by = waiting.get((fact.kind, fact.case_id, fact.row_id))", "ruled_by = None", "who ruled is told",
          scenes.once_it_is_out_two_people_rule_that_it_holds),
    facts("ROWS[fact.kind].objects.present().filter(pk=fact.row_id", "ROWS[fact.kind].objects.filter(pk=fact.row_id",
          "what was removed is gone", scenes.what_was_taken_out_of_the_packet_cannot_still_hold),
    verbs("gone = [fact for fact in changed_facts(stored) if not fact.after]", "gone = []",
          "what was removed cannot still hold", scenes.what_was_taken_out_of_the_packet_cannot_still_hold),
    verbs("    faults += overtaken_asks(stored)\n", "", "an ask in vain cannot still hold",
          scenes.an_ask_that_makes_no_sense_any_more_is_told_once),
    verbs('MAY_AGREE = ("write_material", "sign_review")', 'MAY_AGREE = ("write_material", "sign_review", "view_case")',
          "who only reads does not agree", scenes.once_it_is_out_two_people_rule_that_it_holds),
    verbs("    if not agreed:\n", "    if False:\n", "nobody agrees to nothing",
          scenes.once_it_is_out_two_people_rule_that_it_holds),
    stale("stale_at=None).update(stale_at=now)", "stale_at=None).update(stale_at=None)", "copies are marked",
          scenes.a_changed_fact_marks_the_material_and_the_copies_of_its_revision),
    stale("is_stale=False).update(is_stale=True)", "is_stale=True).update(is_stale=True)", "the material is marked, once",
          scenes.a_changed_fact_marks_the_material_and_the_copies_of_its_revision),
    asks("return list(dict.fromkeys(sentence_of(fact)", "return list((sentence_of(fact)", "an ask is told once",
         scenes.an_ask_that_makes_no_sense_any_more_is_told_once),
    asks("situation_of(case.status) != HELD]", "situation_of(case.status) == HELD]", "of who is held nothing is asked",
         scenes.of_who_is_not_held_somebody_says_that_the_words_ask_nothing_in_vain),
    asks("if (case.pk, str(situation_of(case.status))) not in known]", "if case.pk not in {key for key, _code in known}]",
         "it was said of where the person was then",
         scenes.of_who_is_not_held_somebody_says_that_the_words_ask_nothing_in_vain),
    asks('["asks-overtaken-by-fate"])["asks-overtaken-by-fate"]', '["asks-overtaken-by-fate"])["asks-overtaken-by-fate"][:0]',
              "an ask in vain is told", scenes.an_ask_that_makes_no_sense_any_more_is_told_once),
)  # fmt: skip

OF_RULINGS: tuple[Mutant, ...] = (
    facts("rows = waiting_rulings(material).exclude(made_by=actor)", "rows = waiting_rulings(material)",
          "nobody agrees to themselves", scenes.once_it_is_out_two_people_rule_that_it_holds),
    facts("        now.number = _last_number(fact) + 1\n", "        now.number = _last_number(fact) + 2\n",
          "rulings are numbered one after the other", scenes.a_ruling_holds_until_the_fact_changes_again),
    facts('        if named & FROM_SPELLS:\n            yield _spells(material, case)',
          '        if named & {"nothing"}:\n            yield _spells(material, case)',
          "another spell is a changed fact", scenes.the_facts_of_new_words_are_noted_with_their_kinds),
    facts("        yield _status(material, case)\n", "", "the status is a fact of every text",
          scenes.the_facts_of_new_words_are_noted_with_their_kinds),
    facts("Detention.objects.present().filter(case=case).count())", "Detention.objects.filter(case=case).count())",
          "a removed spell is none", scenes.a_spell_that_is_removed_is_a_changed_fact),
    facts("Claim.objects.filter(uses__material=material, uses__revision=material.revision)",
          "Claim.objects.filter(case__in=material.cases.all())", "a claim that the text does not use changes nothing",
          scenes.the_facts_of_new_words_are_noted_with_their_kinds),
)  # fmt: skip

OF_USES: tuple[Mutant, ...] = (
    *(
        facts(line, "", "a fact of each kind is noted", scenes.the_facts_of_new_words_are_noted_with_their_kinds)
        for line in ('    Kind.NAME: "value",\n', '    Kind.PLACE: "place",\n', '    Kind.CHARGE: "law",\n', '    Kind.ASK: "text",\n')
    ),
    uses('said = [f"claim {claim} {printed_as}"', 'said = [f"claim {claim}"', "how a claim is printed is a use",
         scenes.uses_are_told_in_one_order_and_each_with_whose_it_is, scenes.how_a_claim_is_printed_is_a_use),
    uses('return ["uses", *sorted(said)]', 'return ["uses", *said]', "the order says nothing",
         scenes.uses_are_told_in_one_order_and_each_with_whose_it_is),
    uses('f"item {case} {contact} {item}" for', 'f"item {case} - {item}" for', "whose it is belongs to a use",
         scenes.uses_are_told_in_one_order_and_each_with_whose_it_is),
    uses("revision=revision or material.revision, contact=None)", "revision=revision or material.revision)",
         "the items are those of the prisoner", scenes.the_items_of_a_revision_are_its_own_and_the_prisoners),
    uses("revision=revision or material.revision, contact=None)", "contact=None)", "the items are those of the revision",
         scenes.the_items_of_a_revision_are_its_own_and_the_prisoners),
    uses("material_id=material.pk, revision=material.revision).exclude(contact=None)\n    return list(", "material_id=material.pk, revision=material.revision)\n    return list(",
         "whom the words name is told", scenes.the_items_of_a_revision_are_its_own_and_the_prisoners),
    gate('(clearance.judged.get("cases"), clearance.judged.get("uses")) == (_named(asked.cases), _fingerprint(uses))\n        and (\n            review is None\n            or (bytes(review.material_mac) == bytes(dispatch.mac) and keys.gate_mac_matches(review.uses_mac, uses))\n        )',
         "True", "a use that is taken away after the review stops it", scenes.a_use_that_is_added_or_taken_after_the_review_stops_it),
    leaving('.aggregate(last=Max("number"))["last"] or 0', '.aggregate(last=Max("number"))["last"] or 1',
            "the first copy is number one", scenes.copies_are_numbered_one_after_the_other),
)  # fmt: skip

OF_BYTES: tuple[Mutant, ...] = (
    leaving("return bool(copy.file) and keys.gate_mac_matches(copy.file_mac, file_parts(copy))", "return bool(copy.file)",
            "bytes are those of their fingerprint", scenes.bytes_are_those_of_their_fingerprint,
            scenes.what_is_handed_out_is_what_was_made),
    leaving("keys.gate_mac_matches(copy.file_mac, file_parts(copy))", "not keys.gate_mac_matches(copy.file_mac, file_parts(copy))", "bytes are those of their fingerprint",
            scenes.bytes_are_those_of_their_fingerprint, scenes.what_is_handed_out_is_what_was_made),
    views("    if not dispatches.is_whole(row):\n", "    if False:\n", "what is handed out is what was made",
          scenes.what_is_handed_out_is_what_was_made),
    views('answer = HttpResponse(row.file,', 'answer = HttpResponse(row.file + b" ",', "what is handed out is what was made",
          scenes.what_is_handed_out_is_what_was_made),
    views("    if row.dispatched_at is None:\n", "    if False:\n", "nothing is handed out before it left",
          scenes.no_bytes_are_handed_out_before_the_copy_left),
    views("    if verdict:\n        return None\n", "    if verdict or row.dispatched_at:\n        return None\n",
          "a copy that left is asked about again", scenes.nothing_is_handed_out_once_a_fact_changed),
    views("    if not dispatches.is_authentic(row.dispatch, to=[row]):\n", "    if False:\n",
          "a forged chain is not served", scenes.nothing_is_handed_out_whose_chain_was_changed_outside),
)  # fmt: skip

MUTANTS = (*OF_FACTS, *OF_RULINGS, *OF_USES, *OF_BYTES)
