"""Printed papers: fonts of our own, no network, tagged, and with nothing in their metadata that names anybody."""
