"""Two cases about one person: when two prisoners have the same name, and which pairs of cases count."""
