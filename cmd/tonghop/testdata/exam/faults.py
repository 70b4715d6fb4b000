"""Faults planted on purpose, each with the cells where it must be found.

A fault that must be found asks for a query or reject at one of its cells; one
that may be found excuses a question. What is true of its cell as typed stays
in the truth; where nothing can be true the cell leaves it.
"""

import datetime

import hand
import ntm
from layout import Row
from sheets import a1
from truth import MET, results

ROWS = ("missing", "duplicate", "foreign")
CELLS = ("wrong total", "error value", "no result", "text", "out of range", "two meanings", "fraction", "date", "ratio", "blank",
         "false claim", "slip", "shift")
HEADS = ("wrong period", "wrong office")


class Planter:
    def __init__(self, rng, page, offices, other_period):
        self.rng, self.page, self.offices, self.other = rng, page, offices, other_period
        self.faults, self.taken = [], set()

    def add(self, kind, cells, unit="", fields=(), must=True, hold=False, row=0):
        self.faults.append({"kind": kind, "sheet": self.page.sheet.name, "cells": list(cells), "unit": unit,
                            "fields": list(fields), "must": must, "hold": hold, "row": row})

    # --- before the page is written ---------------------------------------

    def rows(self, kinds):
        page, rng = self.page, self.rng
        self.late = []
        for kind in kinds:
            people = [r for r in page.people() if r.who.code not in self.taken]
            if kind == "missing" and len(page.people()) > 3 and people:
                r = rng.choice(people)
                page.rows.remove(r)
                self.taken.add(r.who.code)
                self.add(kind, [], r.who.code)
            elif kind == "duplicate" and people:
                r = rng.choice(people)
                twin = results(rng, r.who.code, r.who.name, page.p.last.year, 0.5, 0.2)
                self.taken.add(r.who.code)
                page.rows.append(Row("commune", twin))
                self.late.append((kind, r.who.code))
            elif kind == "foreign":
                own = {hand.bare(n).lower() for _, n in page.o.communes}
                others = [c for o in self.offices if o.province == page.o.province and o.code != page.o.code
                          for c in o.communes if hand.bare(c[1]).lower() not in own]
                if others:
                    code, name = rng.choice(others)
                    if code not in self.taken:
                        self.taken.add(code)
                        page.rows.insert(rng.randint(1, len(page.rows)), Row("commune", results(rng, code, name, page.p.last.year, 0.7, 0.2)))
                        self.late.append((kind, code))

    def heads(self, kind):
        page = self.page
        if kind == "wrong period":
            page.p = self.other
        elif kind == "wrong office":
            near = [o for o in self.offices if o.province == page.o.province and o.code != page.o.code]
            if not near:
                return None
            page.real, page.o = page.o, self.rng.choice(near)
        return kind

    # --- after it is written ----------------------------------------------

    def settle(self):
        for kind, code in self.late:
            for r in self.page.people():
                if r.who.code == code:
                    first = self.page.cols[0].at
                    self.add(kind, [a1(r.at, c) for c in range(first, self.page.cols[-1].at + 1)], code, row=r.at)

    def cells(self, kinds):
        for kind in kinds:
            spot = self.pick(kind)
            if spot:
                getattr(self, kind.replace(" ", "_"))(*spot)

    def pick(self, kind):
        """A row without a fault yet, and a column that the fault fits."""
        page, rng = self.page, self.rng
        rows = [r for r in page.people() if r.who.code not in self.taken]
        marked = any(c.kind == "cmark" for c in page.cols)
        shares = [c for c in page.cols if c.kind == "fig" and c.ind.kind == ntm.P]
        cols = {
            "wrong total": [c for c in page.cols if c.kind == "total" and marked and len([k for k in page.cols if k.kind == "cmark"]) >= 10],
            "error value": [c for c in page.cols if c.kind in ("fig", "mark", "cmark")],
            "no result": [c for c in page.cols if c.kind in ("total", "fig")],
            "two meanings": [c for c in page.cols if c.kind in ("cmark", "mark") and not page.h.legend and not page.h.encoding],
            "blank": [c for c in page.cols if c.kind in ("fig", "mark", "cmark")],
            "false claim": [c for c in shares if c.ind.no == "15.3" and (page.h.form == "F1d" or marked)],
            "slip": [c for c in page.cols if c.kind == "fig" and c.ind.no == "10"],
            "fraction": [c for c in shares if c.style in ("plain", "fixed") and c.ind.no not in ("11", "15.3") and not page.h.stray
                         and "percent" not in page.h.numbers],
            "shift": [c for c in page.cols if c.kind in ("fig", "mark") and page.h.form != "F1"][2:-8],
        }.get(kind, shares)
        if kind == "false claim":
            rows = [r for r in rows if r.who.marks[15] == MET]
        if not rows or not cols:
            return None
        r = rng.choice(rows)
        self.taken.add(r.who.code)
        return r, rng.choice(cols)

    def retype(self, r, c, value, format="General", truth=None, **how):
        """Types something else; truth is what is then true of the cell."""
        at = self.page.sheet.put(r.at, c.at, value, format=format, **how)
        for t in self.page.truth:
            if t["cell"] == at and t["sheet"] == self.page.sheet.name:
                t["fault"] = True
                t["value"], t["mark"] = truth or ("", "")
                return at, t["field"]
        raise KeyError(at)

    def plant(self, kind, r, c, value, format="General", truth=None, must=True, **how):
        at, fld = self.retype(r, c, value, format, truth, **how)
        self.add(kind, [at], r.who.code, [fld], must, row=r.at)

    def wrong_total(self, r, c):
        n = r.who.total()
        n += 1 if n < 19 else -1
        self.plant("wrong total", r, c, f"{n}/19" if self.page.h.total == "fraction" else n, truth=(str(n), ""))

    def error_value(self, r, c):
        self.plant("error value", r, c, self.rng.choice(["#DIV/0!", "#N/A", "#REF!", "#VALUE!"]))

    def no_result(self, r, c):
        """A right answer without a stored result is right too."""
        if c.kind == "total":
            formula, truth = self.page.count(r) or f"{r.who.total() - 1}+1", (str(r.who.total()), "")
        else:
            v = r.who.results[c.ind.no]
            formula, truth = f"{v}+0" if v == v.to_integral_value() else f"{v}*1", (format(v, "f"), "")
        self.plant("no result", r, c, None, truth=truth, must=False, lost=True, formula=formula)

    def text(self, r, c):
        self.plant("text", r, c, self.rng.choice(["???", "85,5,3", "8o,5", "đang rà soát", "khoảng 80", "#"]))

    def out_of_range(self, r, c):
        v = self.rng.choice([185, 250.5, -5, 950])
        self.plant("out of range", r, c, v, truth=(format(v, "g"), ""))

    def two_meanings(self, r, c):
        self.plant("two meanings", r, c, self.rng.choice(["CĐ", "C", "K", "+", "-"]))

    def fraction(self, r, c):
        v = r.who.results[c.ind.no]
        self.plant("fraction", r, c, float(v / 100), truth=(format(v / 100, "f"), ""))

    def slip(self, r, c):
        """Income in thousand đồng where the column has millions."""
        v = r.who.results[c.ind.no] * 1000
        self.plant("slip", r, c, float(v), truth=(format(v, "f"), ""))

    def date(self, r, c):
        d = datetime.date(self.page.p.last.year, self.rng.choice([4, 5, 8]), self.rng.choice([3, 5, 7]))
        self.plant("date", r, c, d, self.rng.choice(["d-mmm", "dd/mm", "m/d/yyyy"]))

    def ratio(self, r, c):
        self.plant("ratio", r, c, self.rng.choice(["5/8", "7/9", "05/06"]))

    def blank(self, r, c):
        self.plant("blank", r, c, None)

    def false_claim(self, r, c):
        v = self.rng.choice(["38", "36.5", "41.2"])
        value, fmt = hand.figure(self.rng, ntm.Decimal(v), c.style, True)
        self.plant("false claim", r, c, value, fmt, truth=(v, ""))
        f = self.faults[-1]
        f["fields"] += ["TC15"]
        f["cells"] += [a1(r.at, k.at) for k in self.page.cols if k.criterion == 15 and
                       (k.kind == "cmark" or k.kind == "mark" and k.ind.no == "15.3")]

    def shift(self, r, first):
        """From one column on everything stands one column too far right."""
        page = self.page
        cols = [c for c in page.cols if c.kind in ("fig", "mark")]
        cols = cols[cols.index(first):][:8]
        before = [page.sheet.cells[r.at, c.at] for c in cols]
        truths = {t["cell"]: t for t in page.truth}
        for i, c in enumerate(cols):
            t = truths[a1(r.at, c.at)]
            t["fault"] = t["shifted"] = True
            if i == 0:
                page.sheet.put(r.at, c.at, None)
            else:
                page.sheet.cells[r.at, c.at] = before[i - 1]
        self.add("shift", [a1(r.at, c.at) for c in cols], r.who.code,
                 [f for c in cols for f in (c.ind.no, f"TC{c.criterion}")], row=r.at)


def draw(rng, level):
    """Which faults a file gets: (head, rows, cells)."""
    if level == "clean" or level != "broken" and rng.random() < 0.5:
        return "", [], []
    if level == "broken" and rng.random() < 0.25:
        return rng.choice(HEADS), [], []
    kinds = list(CELLS)
    rows = rng.sample(ROWS, rng.choice([0, 1, 1])) if level == "broken" or rng.random() < 0.3 else []
    return "", rows, rng.sample(kinds, rng.randint(2, 4) if level == "broken" else rng.randint(1, 2))


