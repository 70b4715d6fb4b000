"""A table on its side as offices draw it: with units of measure and thresholds
before the communes, a pair of columns for each commune, a line for each
criterion above those of its indicators."""

import labels
import ntm
from sheets import Cell, a1

UNIT = {ntm.P: "%", ntm.C: "nhà", ntm.N: "", ntm.B: "Đạt"}


def address(cell):
    letters = cell.rstrip("0123456789")
    col = 0
    for ch in letters:
        col = col * 26 + ord(ch) - 64
    return int(cell[len(letters):]), col


def move(page, faults, to, merges):
    """Every cell of the sheet goes where to leads it, or is dropped; truth and
    faults go along."""
    s = page.sheet
    cells = {}
    for at, c in s.cells.items():
        if to(*at):
            cells[to(*at)] = c
    s.cells, s.merges, s.widths = cells, merges, {}
    for t in page.truth:
        t["cell"] = a1(*to(*address(t["cell"])))
    for f in faults:
        f["cells"] = [a1(*x) for x in (to(*address(c)) for c in f["cells"]) if x]


def frame(page):
    """Rows and columns between which the upright table stands."""
    top, left = page.header_top, page.h.left
    return top, left, max(r.at for r in page.arranged), page.cols[-1].at


def measured(page, faults):
    """On its side, with unit of measure, threshold or both before the communes."""
    rng, s = page.rng, page.sheet
    top, left, bottom, right = frame(page)
    heads = rng.choice([["ĐVT"], ["Đơn vị tính", "Chỉ tiêu"], ["ĐVT", "Mức đạt"], ["Yêu cầu"], ["Đơn vị tính"], ["Chỉ tiêu"],
                        ["ĐVT", "Yêu cầu theo QĐ 318"], ["Quy định"]])
    more, body = len(heads), left + page.height
    down = (right - left) - (bottom - top)

    def to(r, c):
        if r < top:
            return r, c
        if r > bottom:
            return r + down, c
        across = left + r - top
        return top + c - left, across + more * (across >= body)

    old = s.merges
    merges = []
    for t, l, b, r in old:
        (nt, nl), (nb, nr) = to(t, l), to(b, r)
        merges.append((nt, nl, nb, nr))
    move(page, faults, to, merges)
    for c in page.cols:
        row = top + c.at - left
        for k, head in enumerate(heads):
            at = (row, body + k)
            if c.kind == "name":
                s.cells[at] = Cell(page.namer.plain(head), bold=True)
            elif c.kind in ("fig", "mark") and c.ind is not None:
                unit = "triệu đồng/người/năm" if c.ind.no == "10" else UNIT[c.ind.kind]
                norm = labels.PRINTED.get(c.ind.no, "Đạt" if c.ind.kind == ntm.B else None)
                value = unit or None if head in ("ĐVT", "Đơn vị tính") else norm
                if value:
                    s.cells[at] = Cell(page.namer.plain(value))
            elif c.kind == "cmark" and rng.random() < 0.5:
                s.cells[at] = Cell(page.namer.plain("Đạt"))


def paired(page, faults):
    """On its side, each commune with a column of results and one of marks."""
    top, left, bottom, right = frame(page)
    height = page.height
    body = left + height
    keys = [c for c in page.cols if c.kind in ("stt", "name", "code")]
    lines, n = {}, 0
    for c in page.cols:
        if c.kind in ("fig", "mark") and c.ind.no in lines:
            lines[id(c)] = lines[c.ind.no]
            continue
        lines[id(c)] = top + n
        if c.ind is not None:
            lines[c.ind.no] = top + n
        n += 1
        if c is keys[-1]:
            n += 1  # the line that says results and marks
    by_col = {c.at: c for c in page.cols}
    split = lines[id(keys[-1])] + 1
    down = n - 1 - (bottom - top)

    def to(r, c):
        if r < top:
            return r, c
        if r > bottom:
            return r + down, c
        col = by_col.get(c)
        if col is None:
            return None
        if r < top + height:
            if col.kind in ("fig", "mark") and r == top + height - 1 and col.heads[-1][0][0] in "vm":
                return None
            return lines[id(col)], left + r - top
        second = col.kind == "cmark" or col.kind == "mark"
        return lines[id(col)], body + 2 * (r - top - height) + second

    merges = []
    for t, l, b, r in page.sheet.merges:
        if t < top:
            merges.append((t, l, b, r))
        elif t < top + height and l in by_col and r in by_col:
            one, two = lines[id(by_col[l])], lines[id(by_col[r])]
            last = min(b, top + height - 2) if by_col[l].heads[-1][0][0] in "vm" or one != two else b
            m = (one, left + t - top, two, left + last - top)
            if m[:2] != m[2:]:
                merges.append(m)
    for c in keys:
        row = lines[id(c)]
        for k in range(bottom - top - height + 1):
            if c.kind == "name":
                merges.append((row, body + 2 * k, row, body + 2 * k + 1))
    value, mark = page.rng.choice([("Kết quả", "Đánh giá"), ("KQ", "ĐG"), ("Kết quả thực hiện", "Tự đánh giá"), ("Thực hiện", "Đánh giá")])
    move(page, faults, to, merges)
    for k in range(bottom - top - height + 1):
        for half, head in enumerate((value, mark)):
            page.sheet.cells[split, body + 2 * k + half] = Cell(page.namer.plain(head), bold=True)


def blocks(page, faults):
    """On its side, a line for each criterion above the lines of its indicators."""
    rng, s = page.rng, page.sheet
    top, left, bottom, right = frame(page)
    height = page.height
    order, lines, heads, n = [], {}, {}, 0
    words = rng.choice(["TT", "STT"]), rng.choice(["Tiêu chí", "Nội dung tiêu chí", "Tên tiêu chí", "Nội dung"])
    line = top
    whole = rng.choice(["{}", "{}", "TC {}", "Tiêu chí {}", "{}."])
    unit = rng.random() < 0.5
    body = left + 2 + unit
    seen = set()
    for c in page.cols:
        if c.kind in ("stt", "code"):
            continue
        if c.kind == "name":
            lines[id(c)] = line
            heads[line, left], heads[line, left + 1] = words
            if unit:
                heads[line, left + 2] = rng.choice(["ĐVT", "Đơn vị tính"])
            line += 1
            continue
        if not c.criterion:
            lines[id(c)] = line
            heads[line, left + 1] = c.heads[0][1]
            line += 1
            continue
        if c.criterion not in seen:
            seen.add(c.criterion)
            heads[line, left] = whole.format(c.criterion)
            heads[line, left + 1] = page.namer.finish(ntm.CRITERIA[c.criterion][0])
            lines["head", c.criterion] = line
            line += 1
        if c.kind == "cmark":
            lines[id(c)] = lines["head", c.criterion]
            continue
        alone = "." not in c.ind.no
        if alone and not any(k.kind == "cmark" and k.criterion == c.criterion for k in page.cols):
            lines[id(c)] = line - 1
        else:
            lines[id(c)] = line
            heads[line, left] = c.ind.no + (".1" if alone and rng.random() < 0.5 else "")
            heads[line, left + 1] = page.namer.finish(c.ind.name)
            line += 1
        if unit:
            heads[lines[id(c)], left + 2] = "triệu đồng/người/năm" if c.ind.no == "10" else UNIT[c.ind.kind] or None
    by_col = {c.at: c for c in page.cols}
    down = line - 1 - bottom

    def to(r, c):
        if r < top:
            return r, c
        if r > bottom:
            return r + down, c
        col = by_col.get(c)
        if col is None or id(col) not in lines or r < top + height:
            return None
        return lines[id(col)], body + r - top - height

    move(page, faults, to, [m for m in s.merges if m[0] < top])
    for at, text in heads.items():
        if text:
            s.cells[at] = Cell(text, bold=True)


TURNS = {"measured": measured, "paired": paired, "blocks": blocks}
FORMS = {"measured": ("F1", "F1b"), "paired": ("F1d",), "blocks": ("F1b",), "marks": ("F1b", "F1d")}


def fit(rng, h, shape, layers):
    """Gives a clerk who draws that shape a form that it serves."""
    if h.form in FORMS.get(shape, (h.form,)) and shape != "blocks":
        pass
    else:
        h.form = rng.choice(FORMS[shape])
        h.layers = rng.choice(layers[h.form] if "number" not in h.criterion and h.criterion != "TC" else layers[h.form][:2])
        if h.form == "F1d" and h.marks == "block":
            h.marks = "each"
    if shape == "marks" and h.form == "F1b" and not h.marks:
        h.marks = rng.choice(["each", "block"])
    if shape == "blocks" and h.marks == "block":
        h.marks = "each"
    if shape in TURNS:
        h.column_numbers = ""
