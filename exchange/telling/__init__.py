"""Whole packets going out, in the profile that comes in again: with the identity of the person, each case asked for by name."""
