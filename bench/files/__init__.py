"""Whole commands that read or write files, measured in processes of their own."""
