"""Documents composed from the packet: what an audience may read, by the sections of its kind (DESIGN: materials)."""
