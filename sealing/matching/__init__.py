"""Finding a name or a number in a text however it is written: words in, places out. It knows no case and no person."""
