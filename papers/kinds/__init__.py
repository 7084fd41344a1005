"""Each kind of material in one file: who may read it, what its sections are for, and who writes it."""
