"""Short words that belong to the name behind them: written apart, joined, with a hyphen, or left out."""

from sealing import folding

WRITTEN = """
    al el as ad ar az an at ash de la le du da di do del della dos das des der den von van zu zur ter ten ul ur ud st ze of
    o ó ni ní mac mc fitz ap ab abd abdul abdel abu abou umm um oum bin ben ibn bint ould aït ait bar bat y e i d n
    thi thị van văn the and
    ال عبد ابو أبو ابي ام أم بن ابن بنت آل ולד בן בת בר אבו אבן
"""
PARTICLES = frozenset(folding.squash(word) for word in WRITTEN.split())
