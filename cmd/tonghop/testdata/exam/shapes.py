"""The same table in other shapes: turned, or spread over several tables."""

import lying
import spread
from sheets import a1

SHAPES = ("turned", *lying.TURNS, *spread.CUTS)


def tame(h):
    """Leaves out habits that a turned or split table does not have."""
    h.repeat_header = h.sections = h.towns = h.row_formulas = False
    h.hidden_rows = h.hidden_cols = h.blank_rows = h.blank_cols = 0
    h.total = "int" if h.total == "formula" else h.total
    h.merged_name = h.unmerged = False


def turn(page, faults):
    """Rows become columns below the heading; truth and faults go along."""
    top, left = page.header_top, page.h.left
    bottom, right = max(r.at for r in page.arranged), page.cols[-1].at
    down = (right - left) - (bottom - top)

    def to(r, c):
        if r < top:
            return r, c
        if r > bottom:
            return r + down, c
        return top + c - left, left + r - top

    def moved(cell):
        letters = cell.rstrip("0123456789")
        col = 0
        for ch in letters:
            col = col * 26 + ord(ch) - 64
        return a1(*to(int(cell[len(letters):]), col))

    s = page.sheet
    s.cells = {to(*at): c for at, c in s.cells.items()}
    s.merges = [(*to(t, l), *to(b, r)) for t, l, b, r in s.merges]
    s.widths = {}
    for t in page.truth:
        t["cell"] = moved(t["cell"])
    for f in faults:
        f["cells"] = [moved(c) for c in f["cells"]]
