"""Finding what no tag can: names that are nearly so, places, courts. Worked out in memory, never written down."""
