"""A form spread over several tables: sheets by criteria, by marks or by communes,
and several tables on one sheet."""

import random

import ntm
from sheets import Sheet

KEYS = ("stt", "name", "code")
NAMES = [("Biểu 1", "Biểu 2", "Biểu 3", "Biểu 4", "Biểu 5"), ("Sheet1", "Sheet2", "Sheet3", "Sheet4", "Sheet5"),
         ("I", "II", "III", "IV", "V"), ("KQ", "ĐG", "khac", "b4", "cuoi"), ("1a", "1b", "1c", "1d", "1đ")]


class Part:
    """Columns and rows of one table."""

    def __init__(self, cols=None, rows=None):
        self.cols, self.rows = cols, rows


def by_criteria(page, rng, most=3):
    order = list(dict.fromkeys(c.criterion for c in page.cols if c.criterion))
    n = rng.randint(2, most)
    cuts = sorted(rng.sample(range(4, len(order) - 3), n - 1))
    spans = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)])]
    return _with_rest(page, [[c for c in page.cols if c.criterion in s] for s in spans])


def by_group(page, rng):
    spans = [range(g[2], g[3] + 1) for g in ntm.GROUPS]
    return _with_rest(page, [[c for c in page.cols if c.criterion in s] for s in spans])


def _with_rest(page, parts):
    """Columns that belong to no criterion stand in the last table."""
    rest = [c for c in page.cols if not c.criterion and c.kind not in KEYS]
    parts[-1] = parts[-1] + [c for c in rest if c not in parts[-1]]
    return [Part(cols=p) for p in parts]


def by_mark(page, rng):
    """Results in one table, marks in the other."""
    of_pair = {c.ind.no for c in page.cols if c.kind == "fig" and c.ind}
    marks = [c for c in page.cols if c.kind == "cmark" or c.kind == "mark" and c.ind.no in of_pair]
    values = [c for c in page.cols if c.kind in ("fig", "mark") and c not in marks]
    rest = [c for c in page.cols if c.kind not in KEYS and c not in marks and c not in values]
    parts = [Part(cols=values), Part(cols=marks)]
    if rng.random() < 0.4:
        parts.reverse()
    parts[-1].cols += rest
    return parts


def by_commune(page, rng):
    people = [r for r in page.rows]
    n = 3 if len(people) > 11 and rng.random() < 0.4 else 2
    cuts = sorted(rng.sample(range(3, len(people) - 2), n - 1)) if len(people) > 7 else [len(people) // 2]
    return [Part(rows=people[a:b]) for a, b in zip([0, *cuts], [*cuts, len(people)])]


CUTS = {"split": by_criteria, "groups": by_group, "marks": by_mark, "zones": by_commune, "stacked": by_criteria,
        "beside": by_criteria, "stacked zones": by_commune, "beside zones": by_commune}


def build(page, shape):
    """Writes the page as several tables; it is left with the last of them."""
    rng = random.Random(page.rng.random())
    h, keys, all_cols, rows = page.h, [c for c in page.cols if c.kind in KEYS], page.cols, list(page.rows)
    one_sheet = shape.startswith(("stacked", "beside"))
    parts = CUTS[shape](page, rng)
    names = rng.choice(NAMES) if rng.random() < 0.7 else [f"{h.sheet} {n + 1}" for n in range(5)]
    book, heading, below, encoding, top = [], page.heading, page.below, h.encoding, h.top
    titled = rng.random() < 0.5
    shuffled = rng.random() < 0.3 and not one_sheet
    for n, part in enumerate(parts):
        last = n == len(parts) - 1
        page.rows = list(part.rows or rows)
        if part.rows is None and shuffled:
            rng.shuffle(page.rows)
        if one_sheet:
            page.below = below if last else lambda at: None
            h.encoding = encoding if last else ""
            if n > 0:
                page.heading = heading if titled and shape.startswith("stacked") else lambda at: at
                h.top = header_top if shape.startswith("beside") else bottom + rng.randint(1, 3) + 1
                h.left = page.cols[-1].at + rng.randint(1, 2) + 0 if shape.startswith("beside") else h.left
                h.left += shape.startswith("beside")
        else:
            page.sheet = Sheet(names[n], font=h.font)
        page.cols = keys + part.cols if part.cols else all_cols
        for i, c in enumerate(page.cols):
            c.at = h.left + i
        stated, page.office_cell = getattr(page, "office_cell", None), None
        sheets = page.build()
        page.office_cell = stated or page.office_cell
        header_top, bottom = page.header_top, max(r.at for r in page.arranged)
        book += [s for s in sheets if s not in book and (s is page.sheet or n == 0)]
        if one_sheet and not last:
            book.clear()
    if one_sheet:
        book = sheets
    return book
