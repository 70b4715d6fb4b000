"""Lays a finished form out in another way: on its side, on several sheets, one
part under or beside the other. The truth moves with the cells.
"""

import re

from books import Grid, a1

WAYS = ["turned", "sheets", "zones", "under", "zones under", "beside"]


def relay(form, habit, way):
    """Changes the form in place; the first of its grids that the truth names."""
    name = form.truth[0]["sheet"]
    grid = next(g for g in form.grids if g.name == name)
    table = Table(grid, form.truth, habit)
    if way == "turned":
        out = table.turned()
    else:
        sheets, beside = way in ("sheets", "zones"), way == "beside"
        first, second = table.communes() if way.startswith("zones") else table.columns()
        out = table.apart(first, second, sheets, beside)
    grids, at = out
    for t in form.truth:
        t["sheet"], t["cell"] = at[place(t["cell"])]
    i = form.grids.index(grid)
    form.grids[i:i + 1] = grids


def place(cell):
    m = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    col = 0
    for ch in m[1]:
        col = col * 26 + ord(ch) - 64
    return int(m[2]), col


class Table:
    def __init__(self, grid, truth, habit):
        self.g, self.h = grid, habit
        cells = {place(t["cell"]): t for t in truth}
        self.fields = {}
        for (_, c), t in cells.items():
            self.fields.setdefault(c, t["field"])
        self.data = sorted({r for r, _ in cells})
        self.left, self.name = habit.left, habit.left + 1
        self.top = min(r for (r, c), it in grid.cells.items() if c == self.name and it.value == habit.name_head)
        self.last = max([self.data[-1]] + [r for (r, c), it in grid.cells.items()
                                           if r > self.data[-1] and it.style in ("sum", "sumname")])
        self.right = max(c for (r, c) in grid.cells if self.top <= r <= self.last)
        self.foot = max((r for r, _ in grid.cells), default=self.last)

    def move(self, out, at, rows, cols, to):
        """Copies the cells and merges of some rows and columns."""
        rows, cols = set(rows), set(cols)
        for (r, c), it in self.g.cells.items():
            if r in rows and c in cols:
                out.cells[to(r, c)] = it
                at[(r, c)] = (out.name, a1(*to(r, c)))
        for t, l, b, r in self.g.merges:
            if not (t in rows and l in cols):
                continue
            r = max(c for c in range(l, r + 1) if c in cols)
            b = max(x for x in range(t, b + 1) if x in rows)
            (t2, l2), (b2, r2) = to(t, l), to(b, r)
            out.merge(t2, l2, b2, r2)

    def turned(self):
        out, at = Grid(self.g.name), {}
        wide = range(1, self.right + 40)
        self.move(out, at, range(1, self.top), wide, lambda r, c: (r, c))
        rows = list(range(self.top, self.last + 1))
        cols = list(range(self.name, self.right + 1))

        def to(r, c):
            return self.top + c - self.name, self.left + r - self.top
        self.move(out, at, rows, cols, to)
        for r in range(self.data[0], self.last + 1):  # "Tổng cộng" over number and name
            it = self.g.cells.get((r, self.left))
            if it and isinstance(it.value, str) and self.h.stt_head != it.value and it.style in ("sum", "sumname"):
                out.cells[to(r, self.name)] = it
        for (r, c), it in list(out.cells.items()):
            if it.style == "rothead":
                it.style = "head"
        down = self.top + len(cols) - self.last - 1
        self.move(out, at, range(self.last + 1, self.foot + 1), wide, lambda r, c: (r + down, c))
        return [out], at

    def columns(self):
        """The columns of criteria 1-9, and the others; both with the names."""
        def early(c):
            n = re.sub(r"^TC|\..*$", "", self.fields.get(c, "TC99"))
            return n.isdigit() and int(n) <= 9
        head = [c for c in range(self.left, min(self.fields)) ]
        body = range(min(self.fields), self.right + 1)
        everything = range(self.top, self.last + 1)
        return ((everything, head + [c for c in body if early(c)]),
                (everything, head + [c for c in body if not early(c)]))

    def communes(self):
        half = len(self.data) // 2
        head = list(range(self.top, self.data[0]))
        cols = list(range(self.left, self.right + 1))
        return (head + self.data[:half], cols), (head + self.data[half:] + list(range(self.data[-1] + 1, self.last + 1)), cols)

    def apart(self, first, second, sheets, beside):
        out, at = [Grid(self.g.name)], {}
        wide = range(1, self.right + 40)
        heading, foot = range(1, self.top), range(self.last + 1, self.foot + 1)
        row, col = self.top, self.left
        self.move(out[0], at, heading, wide, lambda r, c: (r, c))
        for i, (rows, cols) in enumerate((first, second)):
            rows, cols = list(rows), list(cols)
            if i and sheets:
                out.append(Grid(self.g.name[:20] + " (tiếp)"))
                self.move(out[-1], at, heading, wide, lambda r, c: (r, c))
                row = self.top
            spot = {(r, c): (row + y, col + x) for y, r in enumerate(rows) for x, c in enumerate(cols)}
            self.move(out[-1], at, rows, cols, lambda r, c: spot[(r, c)])
            if beside:
                col += len(cols) + 1
            else:
                row += len(rows) + 2
        down = max(r for r, _ in out[-1].cells) - self.last
        self.move(out[-1], at, foot, wide, lambda r, c: (r + down, c))
        return out, at
