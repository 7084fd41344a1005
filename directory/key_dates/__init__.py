"""Days that matter to many cases and belong to none: remembrance, sessions, release windows, days of caution."""
