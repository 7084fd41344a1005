"""The conditions of the gate, one record each, one file a subject: one text for the triggers and for `examine`.

Source of the rules: SECURITY.md 4 and DOMAIN.md 3 and 4 of the project's design, told in docs/gate.md.
"""
