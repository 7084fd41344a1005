"""Parts that are drawn by a function are what their template would draw, whatever their rows hold."""

import itertools
from typing import Any

import pytest
from django.template import Context, engines
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from casework.pages.consent_matrix import MatrixLine
from casework.pages.rows import SummaryRow, TaskRow
from web.short_templates import shortened

ENGINE = engines["django"].engine  # type: ignore[attr-defined]

HEAD = """<div class="panel-head">
  <h2 id="{{ id }}-h">{{ title }}</h2>
  {% if count is not None and count != "" %}<span class="count{% if tone %} {{ tone }}{% endif %}">{{ count }}</span>{% endif %}
  {% if note %}<p class="muted">{{ note }}</p>{% endif %}
  {% if url or url2 %}
    <div class="panel-actions">{% if url %}<a href="{{ url }}">{{ label }}</a>{% endif %}{% if url2 %}<a href="{{ url2 }}">{{ label2 }}</a>{% endif %}</div>
  {% endif %}
</div>
"""
SUMMARY = """{% load i18n %}
<dl class="sum">
  {% for row in rows %}
    <div>
      <dt>{{ row.label }}</dt>
      <dd>
        {% if row.state == "unasked" %}
          {% translate "Not yet asked" as word %}
          {% badge word "ring-empty" "care" %}
        {% elif row.state == "unknown" %}
          {% translate "Unknown" %}
        {% elif row.state == "refused" %}
          {% translate "Refused to say" %}
        {% elif row.is_typed %}
          <bdi>{{ row.value }}</bdi>
        {% else %}
          {{ row.value }}
        {% endif %}
        {% if row.note %} <span class="muted">{{ row.note }}</span>{% endif %}
      </dd>
      {% if row.url %}
        <dd class="change"><a href="{{ row.url }}">{{ row.link }}<span class="hidden"> {{ row.label }}</span></a></dd>
      {% endif %}
    </div>
  {% endfor %}
</dl>
"""
TASKS = """<ul class="tasks">
  {% for row in rows %}
    <li>
      {% if row.url %}<a href="{{ row.url }}">{{ row.label }}</a>{% else %}<span>{{ row.label }}</span>{% endif %}
      {% if row.state %}
        {% badge row.state row.mark row.tone %}
      {% elif row.late %}
        {% late row.late %}
      {% elif row.soon %}
        <span class="soon">{{ row.soon }}</span>
      {% elif row.when %}
        <span>{{ row.when }}</span>
      {% endif %}
      {% if row.note %}<p class="muted">{{ row.note }}</p>{% endif %}
    </li>
  {% endfor %}
</ul>
"""
MATRIX = """{% load i18n %}
{% datatable %}
  <table class="t keep">
    <thead>
      <tr><th>{% translate "Item" %}</th><th>{% translate "Officials" %}</th><th>{% translate "Public" %}</th></tr>
    </thead>
    <tbody>
      {% for line in rows %}
        <tr>
          <th>{{ line.label }}</th>
          {% for state in line.states %}
            <td>
              {% if state == "CS_LIMITED" %}
                {% translate "In part" as word %}
                {% badge word "ring-half" "care" %}
              {% else %}
                {% consent_badge state %}
              {% endif %}
            </td>
          {% endfor %}
        </tr>
      {% endfor %}
    </tbody>
  </table>
{% enddatatable %}
"""
EVIL = '<b>"Ana" & co</b>'
WORDS = ["", EVIL, mark_safe("<i>safe</i>"), gettext_lazy("Unknown")]


def drawn(source: str, **held: Any) -> str:
    return str(ENGINE.from_string(shortened(source)).render(Context(held)))


@pytest.mark.parametrize("count", [None, "", 0, 12345, EVIL])
def test_the_head_of_a_panel(count: Any) -> None:
    for words, url, url2, tone in itertools.product(WORDS, ["", "/a/?b&c"], ["", "/d/"], ["", "care"]):
        held = {"id": "x", "title": words, "note": words, "url": url, "label": words, "url2": url2, "label2": EVIL}
        held |= {"tone": tone, "count": count}
        assert drawn("{% include 'parts/panel_head.html' %}", **held) == drawn(HEAD, **held)
    assert drawn("{% include 'parts/panel_head.html' %}") == drawn(HEAD)


@pytest.mark.parametrize("state", ["", "unasked", "unknown", "refused", "other"])
def test_a_summary(state: str) -> None:
    rows: list[Any] = [
        SummaryRow(EVIL, words, state, note, url, EVIL, is_typed)
        for words, note, url, is_typed in itertools.product(WORDS, WORDS, ["", "/a/?b&c"], [True, False])
    ]
    rows += [{"label": EVIL, "value": 12345, "state": state}, {"value": EVIL, "is_typed": True}, object()]
    assert drawn("{% include 'parts/summary_list.html' %}", rows=rows) == drawn(SUMMARY, rows=rows)


def test_a_list_of_tasks() -> None:
    rows: list[Any] = [
        TaskRow(EVIL, url, note, state, "ring-empty", tone, late, soon, when)
        for url, note, state, tone, late, soon, when in itertools.product(
            ["", "/a/?b&c"], WORDS[:3], ["", EVIL], ["care", "x"], ["", EVIL], ["", EVIL], WORDS[:2]
        )
    ]
    rows += [{"label": 12345}, {"label": EVIL, "state": EVIL}, {"late": EVIL}]
    for some in (rows, []):
        assert drawn("{% include 'parts/task_list.html' %}", rows=some) == drawn(TASKS, rows=some)


def test_consent_at_one_look() -> None:
    states = ["", "CS_LIMITED", "CS_GIVEN", "CS_REFUSED", "CS_WITHDRAWN", "CS_NEW"]
    rows = [MatrixLine("CI_X", EVIL, pair) for pair in itertools.product(states, states)]
    for some in (rows, []):
        assert drawn("{% consent_table rows %}", rows=some) + "\n" == drawn(MATRIX, rows=some).lstrip("\n")
