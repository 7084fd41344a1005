"""The calendar: from where its dates come, one record a source, and how they leave as a calendar file."""
