"""Lays out the table of one district, and writes down the truth as it goes."""

import datetime
from dataclasses import dataclass, field

import hand
import labels
from sheets import Sheet, a1
from truth import BASIC, INDICATORS, MET, NOT, OF

import ntm


@dataclass
class Col:
    kind: str  # stt, name, name2, code, fig, mark, cmark, total, blank, or an extra
    heads: list = field(default_factory=list)  # a (key, text) for each row of the header
    ind: object = None
    criterion: int = 0
    at: int = 0
    style: str = "plain"


@dataclass
class Row:
    kind: str  # commune, town, section, blank, ordinals, header, sum, met, share, average
    who: object = None
    label: str = ""
    at: int = 0
    cells: dict = field(default_factory=dict)  # id(col) -> written before anything else: (value, format, truth)


class Table:
    def __init__(self, rng, office, period, communes, habit):
        self.rng, self.o, self.p, self.communes, self.h = rng, office, period, communes, habit
        self.sheet = Sheet(habit.sheet, font=habit.font)
        self.truth = []
        self.columns()

    # --- columns -----------------------------------------------------------

    def columns(self):
        h, rng = self.h, self.rng
        self.height = len(h.layers) + (h.form == "F1d")
        self.namer = labels.Namer(rng, h)
        cols = [] if h.stt == "none" else [self.single("stt", rng.choice(["STT", "TT", "Số TT"]))]
        cols.append(self.single("name", rng.choice(["Tên xã", "Đơn vị", "Xã", "Tên đơn vị", "Huyện/xã"])))
        if h.merged_name:
            cols.append(Col("name2", list(cols[-1].heads)))
        if h.code_column:
            cols.insert(len(cols) - 1 - h.merged_name, self.single("code", rng.choice(["Mã xã", "Mã đơn vị", "Mã ĐVHC"])))
        extra = {"note": "Ghi chú", "year": "Năm đạt chuẩn", "population": "Dân số", "change": "So với cuối năm trước"}
        if "population" in h.extras:
            cols.append(self.single("population", extra["population"]))
        body = []
        groups = list(ntm.GROUPS)
        if h.shuffle_groups:
            rng.shuffle(groups)
        for g in groups:
            for c in range(g[2], g[3] + 1):
                body += self.criterion(c, g)
        if h.marks == "block":
            for c in OF:
                heads = [("block", "Kết quả đánh giá các tiêu chí")] + [(f"b{c}", f"TC {c}")] * (self.height - 1)
                body.append(Col("cmark", heads, criterion=c))
        total = [self.single("total", h.total_head)]
        cols += total + body if h.total_first else body + total
        cols += [self.single(k, extra[k]) for k in h.extras if k != "population"]
        first = next(i for i, c in enumerate(cols) if c.kind in ("fig", "mark", "cmark"))
        for n in range(h.blank_cols):
            i = rng.randint(first + 1, len(cols) - 1)
            a, b = cols[i - 1], cols[i]
            shared = [x if x[0] == y[0] else None for x, y in zip(a.heads, b.heads)]
            keep = next((k for k, s in enumerate(shared) if s is None), self.height)
            cols.insert(i, Col("blank", [*shared[:keep], *[(f"blank{n}", None)] * (self.height - keep)]))
        for i, c in enumerate(cols):
            c.at = h.left + i
            c.style = rng.choice(h.numbers)
        self.cols = cols

    def single(self, kind, text):
        return Col(kind, [(kind, self.namer.plain(text))] * self.height)

    def criterion(self, c, g):
        h, out = self.h, []
        top = []
        for layer in h.layers.replace("i", ""):
            top.append({"g": (f"g{g[0]}", f"{g[0]}. {g[1]}"), "s": ("super", "Kết quả thực hiện các tiêu chí"),
                        "n": (f"n{c}", self.namer.number(c)), "c": (f"c{c}", self.namer.criterion(c, "n" in h.layers))}[layer])
        if h.form == "F1":
            return [Col("cmark", top, criterion=c)]
        rest = self.height - len(top)
        alone = len(OF[c]) == 1
        for i in OF[c]:
            text = (f"i{i.no}", self.namer.indicator(i))
            if h.form == "F1d" and i.kind != ntm.B:
                out.append(Col("fig", [*top, text, (f"v{i.no}", "Kết quả")], i, c))
                out.append(Col("mark", [*top, text, (f"m{i.no}", "Đánh giá")], i, c))
            else:
                out.append(Col("fig" if i.kind != ntm.B else "mark", [*top, *[text] * rest], i, c))
        if h.marks == "each" and not (alone and (h.form == "F1d" or OF[c][0].kind == ntm.B)):
            mark = Col("cmark", [*top, *[(f"k{c}", h.mark_head)] * rest], criterion=c)
            out.insert(0 if h.mark_first else len(out), mark)
        return out

    # --- header ------------------------------------------------------------

    def header(self, top):
        """Writes the header; cells with the same key are one, merged or not."""
        areas = {}
        for c in self.cols:
            for k, head in enumerate(c.heads):
                areas.setdefault((head[0], head[1]), []).append((top + k, c.at))
        for (key, text), cells in areas.items():
            for run in runs(cells):
                t, l, b, r = run
                value = text
                if self.h.numeric_heads and text and text.isdigit():
                    value = int(text)
                self.sheet.put(t, l, value, bold=True, turned=self.h.turned and b == top + self.height - 1 and t > top)
                if not self.h.unmerged:
                    self.sheet.merge(t, l, b, r)

    # --- cells of a commune ------------------------------------------------

    def meant(self, row, col):
        """What is true of one cell: (field, figure, mark), or None."""
        who = row.who
        if col.kind == "fig":
            return col.ind.no, who.results[col.ind.no], ""
        if col.kind == "mark":
            return col.ind.no, None, who.mark_of(col.ind)
        if col.kind == "cmark":
            alone = len(OF[col.criterion]) == 1
            return (str(col.criterion) if alone else f"TC{col.criterion}"), None, who.marks[col.criterion]
        if col.kind == "total":
            return "total_met", who.total(), ""
        return None

    def typed(self, row, col):
        """How the clerk writes it: (value, format, formula)."""
        h, rng = self.h, self.rng
        meant = self.meant(row, col)
        if col.kind == "total":
            n = meant[1]
            value = {"int": n, "fraction": f"{n}/19", "text": str(n), "formula": n}[h.total]
            return value, "General", self.count(row) if h.total == "formula" else ""
        if meant[2]:
            return hand.mark(meant[2], h.signs), "General", ""
        style = rng.choice(h.numbers if rng.random() >= h.stray else hand.NUMBERS[:5])
        if rng.random() >= h.stray:
            style = col.style
        if col.ind.no == "10" and rng.random() < h.stray:
            return format(meant[1], "f").replace(".", ",") + rng.choice([" triệu", " triệu đồng", " tr.đ"]), "General", ""
        value, fmt = hand.figure(rng, meant[1], style, col.ind.kind == ntm.P)
        return value, fmt, ""

    def count(self, row):
        cells = [a1(row.at, c.at) for c in self.cols if c.kind == "cmark"
                 or c.kind == "mark" and len(OF[c.criterion]) == 1]
        if len(cells) != 19:
            return ""
        word = self.h.signs[0]
        return "+".join(f'COUNTIF({c},"{word}")' for c in cells)

    def commune(self, row, number):
        for c in self.cols:
            if c.kind in ("stt", "name", "name2", "code", "blank"):
                self.label(row, c, number)
            elif c.kind in ("note", "year", "population", "change"):
                self.sheet.put(row.at, c.at, self.extra(c.kind, row.who))
            else:
                meant = self.meant(row, c)
                value, fmt, formula = self.typed(row, c)
                at = self.sheet.put(row.at, c.at, value, format=fmt, formula=formula)
                self.truth.append({"sheet": self.sheet.name, "cell": at, "unit": row.who.code, "field": meant[0],
                                   "value": "" if meant[2] else format(meant[1], "f"), "mark": meant[2]})

    def label(self, row, c, number):
        h, rng = self.h, self.rng
        if c.kind == "stt":
            value = {"int": number, "text": str(number), "dot": f"{number}."}[h.stt]
        elif c.kind == "name":
            style = rng.choice(h.names)
            if style == "no accents" and not self.alone(row.who.name):
                style = "bare"
            if style in ("bare", "capitals") and any(t.endswith(" " + row.who.name) for t in self.o.towns):
                style = "Xã"  # only the kind tells it from the town
            value = row.label or hand.commune(rng, row.who.name, style)
        else:
            value = int(row.who.code) if c.kind == "code" and rng.random() < 0 else row.who.code if c.kind == "code" else None
        self.sheet.put(row.at, c.at, value)
        if c.kind == "name" and h.merged_name:
            self.sheet.merge(row.at, c.at, row.at, c.at + 1)

    def alone(self, name):
        key = hand.bare(name).lower()
        names = [n for _, n in self.o.communes] + [t.split(" ", 2)[2] if t.startswith("Thị") else t.split(" ", 1)[1] for t in self.o.towns]
        return sum(hand.bare(n).lower() == key for n in names) == 1

    def extra(self, kind, who):
        rng = self.rng
        if kind == "year":
            return rng.choice([2015, 2017, 2020, 2021]) if who.total() == 19 else None
        if kind == "population":
            return rng.randint(3000, 15000)
        if kind == "change":
            return rng.choice([0, 1, "+1", None])
        return rng.choice([None, None, "Đang hoàn thiện hồ sơ", "Phấn đấu cuối năm"])

    # --- rows that sum up --------------------------------------------------

    def summing(self, row, people):
        """A row such as Tổng cộng, over the rows of all communes."""
        label = {"sum": ["Tổng cộng", "TỔNG CỘNG", "Tổng số"], "met": ["Số xã đạt", "Tổng số xã đạt"],
                 "share": ["Tỷ lệ (%)", "Tỷ lệ % xã đạt"], "average": ["Bình quân", "BQ"]}[row.kind]
        for c in self.cols:
            if c.kind == "name":
                self.sheet.put(row.at, c.at, self.rng.choice(label), bold=True)
                continue
            value, fmt, formula = self.summed(row.kind, c, people)
            if value is not None:
                self.sheet.put(row.at, c.at, value, format=fmt, formula=formula, bold=True)

    def summed(self, kind, c, people):
        none = None, "General", ""
        if c.kind not in ("mark", "cmark", "total") or not people:
            return none
        span = f"{a1(min(r.at for r in people), c.at)}:{a1(max(r.at for r in people), c.at)}"
        live = self.h.row_formulas
        if c.kind == "total":
            n = sum(r.who.total() for r in people)
            if kind == "sum":
                return n, "General", f"SUM({span})" if live and self.h.total in ("int", "formula") else ""
            if kind == "average" and n * 10 % len(people) == 0:
                return n / len(people), "0.0", f"AVERAGE({span})" if live and self.h.total in ("int", "formula") else ""
            return none
        met = sum(self.meant(r, c)[2] == MET for r in people)
        if kind == "average":
            return none
        formula = f'COUNTIF({span},"{self.h.signs[0]}")' if live and len(self.h.signs[0]) > 1 else ""
        if kind == "share":
            return met / len(people), "0.0%", f"{formula}/{len(people)}" if formula else ""
        return met, "General", formula


def runs(cells):
    """Rectangles of the cells: the columns that are neighbours, each run alone."""
    cells = sorted(cells, key=lambda rc: (rc[1], rc[0]))
    out = []
    for row, col in cells:
        if out and out[-1][3] >= col - 1 and out[-1][0] <= row:
            t, l, b, r = out[-1]
            out[-1] = (t, l, max(b, row), max(r, col))
        else:
            out.append((row, col, row, col))
    return out
