"""Changed copies of a condition's SQL: each comparison dropped or moved by one, each member taken out of its list, and so on.

They are made from the text of the SQL, so that a condition that comes new is changed like the others. `TRUTH` stands
for a comparison that nobody asks any more.
"""

import re
from collections.abc import Iterator

TRUTH = "1 = 1"
OPERATOR = re.compile(r"<>|<=|>=|=|<|>")
MOVED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
WORDS = (
    (re.compile(r"\bIS NOT NULL\b"), "IS NULL"),
    (re.compile(r"\bIS NULL\b"), "IS NOT NULL"),
    (re.compile(r"\bAND\b"), "OR"),
    (re.compile(r"\bOR\b"), "AND"),
    (re.compile(r"\bNOT (?=EXISTS|\(|COALESCE|[a-z])"), ""),
    (re.compile(r"(?<!NOT )\bEXISTS\b"), "NOT EXISTS"),
    (re.compile(r"\bMAX\("), "MIN("),
    (re.compile(r"(?<!\bIS )\{true\}"), "{false}"),
    (re.compile(r"\{false\}"), "{true}"),
)
NUMBER = re.compile(r"(?<!SELECT )(?<![\w'.{])\d+(?![\w'}])")
MEMBERS = re.compile(r"\bIN \(('[^()]*')\)")
NULL_TEST = re.compile(r"[\w.]+ IS (NOT )?NULL")
BARE = re.compile(r"(?<=AND )\b[a-z]+\.is_\w+|(?<=AND )\b[a-z]+\.(?:needs|has)_\w+\b(?! =)")
IN_LIST = re.compile(r"(WHEN )?([\w.{}]+) IN \(('[^()]*')\)")
ANSWER = re.compile(r"(?:THEN|ELSE) ('\w+')")
BETWEEN_TWO = re.compile(r"THEN ([\w.]+) ELSE ([\w.]+)(?= END)")
OPERAND = re.compile(r"\s*([\w.]+|'[^']*'|\{\w+\})")
OPERAND_BEFORE = re.compile(r"([\w.]+|'[^']*'|\{\w+\})\s*$")
MOMENTS = {
    "{now}": ("{an_hour_ago}", "{in_an_hour}"),
    "{deadline}": ("{now}",),
    "{recent}": ("{hours_ago_71}", "{hours_ago_73}"),
    "{day_ago}": ("{hours_ago_23}", "{hours_ago_25}"),
    "{today}": ("{yesterday}", "{tomorrow}"),
    "{last_good_day}": ("{days_ago_180}", "{days_ago_178}"),
}
SHIFTED = {
    "sqlite": {
        "an_hour_ago": "strftime('%Y-%m-%d %H:%M:%f', 'now', '-1 hours')",
        "in_an_hour": "strftime('%Y-%m-%d %H:%M:%f', 'now', '+1 hours')",
        "yesterday": "date('now', '-1 day')",
        "tomorrow": "date('now', '+1 day')",
        **{f"days_ago_{n}": f"date('now', '-{n} days')" for n in (178, 180)},
        **{f"hours_ago_{n}": f"strftime('%Y-%m-%d %H:%M:%f', 'now', '-{n} hours')" for n in (23, 25, 71, 73)},
    },
    "postgresql": {
        "an_hour_ago": "clock_timestamp() - interval '1 hour'",
        "in_an_hour": "clock_timestamp() + interval '1 hour'",
        "yesterday": "(clock_timestamp() AT TIME ZONE 'UTC')::date - 1",
        "tomorrow": "(clock_timestamp() AT TIME ZONE 'UTC')::date + 1",
        **{f"days_ago_{n}": f"((clock_timestamp() AT TIME ZONE 'UTC')::date - {n})" for n in (178, 180)},
        **{f"hours_ago_{n}": f"clock_timestamp() - interval '{n} hours'" for n in (23, 25, 71, 73)},
    },
}


def mutated(sql: str) -> Iterator[tuple[str, str]]:
    """Return each changed copy of this SQL, with what was changed and where."""
    seen: set[str] = set()
    for start, end, instead in _changes(sql):
        changed = sql[:start] + instead + sql[end:]
        if changed not in seen:
            seen.add(changed)
            yield _told(sql, start, end, instead), changed


def shifted(sql: str, engine: str) -> str:
    """Return the SQL with the moments that mutants ask about filled in."""
    for name, words in SHIFTED[engine].items():
        sql = sql.replace("{" + name + "}", words)
    return sql


def _changes(sql: str) -> Iterator[tuple[int, int, str]]:
    for found in OPERATOR.finditer(sql):
        start, end = _operand_before(sql, found.start()), _operand_after(sql, found.end())
        yield start, end, TRUTH
        if found.group() in MOVED:
            yield found.start(), found.end(), MOVED[found.group()]
    for pattern in (NULL_TEST, BARE):
        for found in pattern.finditer(sql):
            yield found.start(), found.end(), TRUTH
    for pattern, instead in WORDS:
        for found in pattern.finditer(sql):
            yield found.start(), found.end(), instead
    for found in NUMBER.finditer(sql):
        for number in (int(found.group()) - 1, int(found.group()) + 1):
            yield found.start(), found.end(), str(number)
    for found in MEMBERS.finditer(sql):
        members = _members(found.group(1))
        for left_out in members:
            rest = ", ".join(one for one in members if one != left_out) or "''"
            yield found.start(1), found.end(1), rest
    yield from _widened(sql)
    for found in ANSWER.finditer(sql):
        yield found.start(1), found.end(1), "'nothing'"
    for found in BETWEEN_TWO.finditer(sql):
        for place, other in ((1, 2), (2, 1)):
            yield found.start(place), found.end(place), found.group(other)
    for moment, others in MOMENTS.items():
        for found in re.finditer(re.escape(moment), sql):
            for other in others:
                yield found.start(), found.end(), other


def _widened(sql: str) -> Iterator[tuple[int, int, str]]:
    """Take one more member into each list of a column that has several: what fits elsewhere does not fit here.

    Lists after WHEN are left as they are: the first that fits is taken, whatever stands in a later one.
    """
    lists = [found for found in IN_LIST.finditer(sql) if not found.group(1)]
    for found in lists:
        beside = {one for other in lists if other.group(2) == found.group(2) for one in _members(other.group(3))}
        for member in sorted(beside - set(_members(found.group(3)))):
            yield found.start(3), found.end(3), f"{found.group(3)}, {member}"


def _members(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]


def _operand_before(sql: str, at: int) -> int:
    """Return where the left side of a comparison begins: a name, a whole CASE, or a pair of brackets with its word."""
    before = sql[:at].rstrip()
    if before.endswith(" END"):
        return before.rindex("CASE ")
    if not before.endswith(")"):
        found = OPERAND_BEFORE.search(before)
        return found.start() if found else at
    depth = 0
    for place in range(len(before) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(before[place], 0)
        if depth == 0:
            word = re.search(r"(?:\{\w+\}|[A-Z]*)$", before[:place])
            return word.start() if word else place
    return at


def _operand_after(sql: str, at: int) -> int:
    """Return where the right side of a comparison ends: after a name, a pair of brackets, or the END of a CASE."""
    if sql[at:].lstrip().startswith("CASE "):
        return sql.index(" END", at) + len(" END")
    found = OPERAND.match(sql, at)
    word = found.end() if found else at
    opens = re.match(r"\s*[A-Z]*\(", sql[at:])
    if not opens:
        return word
    depth = 0
    for place in range(at + opens.end() - 1, len(sql)):
        depth += {"(": 1, ")": -1}.get(sql[place], 0)
        if depth == 0:
            return place + 1
    return word


def _told(sql: str, start: int, end: int, instead: str) -> str:
    before, changed, after = sql[max(0, start - 24) : start], sql[start:end], sql[end : end + 24]
    return " ".join(f"…{before}«{changed} → {instead}»{after}…".split())
