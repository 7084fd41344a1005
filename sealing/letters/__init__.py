"""Letters: those that look alike, those that are one in several forms, and the script each is written in."""
