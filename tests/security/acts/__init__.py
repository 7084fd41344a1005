"""The table of acts: every public function that takes an `actor`, with what it asks of whom.

It is `tests/security/table.py` for acts. `tests/security/test_every_act_for_every_person.py` calls each row as nobody, a
stranger, a reader, somebody with every right but the one asked for, somebody with every right on another case, a
closed account, a superuser, and as the right person; the acts themselves are *found* (`finding.py`).

When your new function is red, "stands in no row":

1. It is an act: add `Act("app.actions.module.verb", given, all_of=("right",))` to the file of its app. `given` gets the
   world and returns every argument but `actor`; it is called anew for each person. `any_of` where one of several rights
   is enough; `office` for roles of the office, with `refusal=Refused` and `says="words of the refusal"`; `is_on_case`
   for any role on the case; `is_of_office` for everybody who works here; `office` beside `all_of` where it takes both.
2. Something must stand first (a draft, a job): `ready=` makes it once, and `world.ready` is what it returned.
3. The same person may not do both parts (four eyes): `refuses={"who wrote it": lambda w: w.people["ana"]}`. She wrote
   what stands in the world, and has every right. Of a signature, `waits_a_day=True`.
4. Somebody may without the right (the owner of a step): `allows={...}`.
5. It is about several cases: `on_each=cases_made` (or what returns the cases), and let `ready` make two. Whoever has the
   right on the first alone, or on the last alone, is refused; where it takes a signature, also who was put on one of them
   at their own request today.
6. It is handed two things, of which only one is asked about: `never={"another case's": lambda w: {...}}`.
7. It looks at something before it writes that a refusal could tell (a wish, a status): `spoiled=` returns arguments that
   are refused to whoever may, too; a stranger must hear of the right all the same.
8. It is no act: `reads("why", "name", …)` where it writes nothing, or `part("why", "name", "module that calls it", …)`
   where a verb that asked, a task or a command calls it. Another module that calls a part is red, until it stands there.

A function that asks nobody and is none of these is a fault: let it `require`, under the lock, before it reads anything
that its refusal could tell. `tests/security/test_each_right_is_asked.py` takes each question out of the code, one at a
time, lets each loop that asks look at its first or its last alone, and is red when the table does not notice.
"""
