"""What is true of a district: its communes on a date, and believable results.

The units come from the program's own register, but only offices are drawn
whose communes are known for certain on the day. A result that is called met
satisfies every regional figure known for its indicator, an unmet one misses
them all: no value contradicts its mark unless a fault was planted.
"""

import csv
import datetime
import os
import sys
from dataclasses import dataclass, field
from decimal import Decimal

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(HERE, "..", "forms"))

import ntm  # noqa: E402  the criteria and what met and unmet figures look like

MET, BASIC, NOT = ntm.MET, ntm.BASIC, ntm.NOT_MET
CRITERIA, INDICATORS, OF = ntm.CRITERIA, ntm.INDICATORS, ntm.BY_CRITERION
KIND = {"huyen": "huyện", "thi_xa": "thị xã", "thanh_pho": "thành phố"}


@dataclass(frozen=True)
class Office:
    code: str
    kind: str
    name: str
    province: str
    province_kind: str
    province_name: str
    communes: tuple  # of (code, name without kind)
    towns: tuple  # names of thị trấn and phường, with kind

    @property
    def full(self):
        return f"{self.kind} {self.name}"


@dataclass
class Commune:
    code: str
    name: str
    marks: dict = field(default_factory=dict)  # criterion -> mark
    results: dict = field(default_factory=dict)  # indicator -> Decimal or mark

    def total(self):
        return sum(1 for m in self.marks.values() if m == MET)

    def mark_of(self, ind):
        """The mark of one indicator, beside its figure."""
        v = self.results[ind.no]
        if isinstance(v, str):
            return v
        return MET if self.marks[ind.criterion] == MET or ind.no not in self.failed else self.marks[ind.criterion]


def units():
    with open(os.path.join(HERE, "..", "..", "..", "..", "templates", "units", "units.csv"), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(line for line in f if not line.startswith("#")))


def register(rows, day):
    """Offices with at least three xã, none of whose units changes near the day."""
    on = day.isoformat()
    now = [r for r in rows if (not r["from"] or r["from"] <= on) and (not r["to"] or r["to"] >= on)]
    unsure = {r["parent"] for r in rows if r["from_after"] and r["from_after"] <= on <= r["from"]
              or r["to_after"] and r["to_after"] <= on <= r["to"]}
    by_code = {r["code"]: r for r in now}
    below = {}
    for r in now:
        below.setdefault(r["parent"], []).append(r)
    found = []
    for r in now:
        if r["kind"] not in KIND or r["code"] in unsure:
            continue
        p = by_code[r["parent"]]
        xa = tuple((k["code"], k["name"].split(" ", 1)[1]) for k in below.get(r["code"], []) if k["kind"] == "xa")
        towns = tuple(k["name"] for k in below.get(r["code"], []) if k["kind"] != "xa")
        if len(xa) >= 3:
            kind = KIND[r["kind"]]
            top = "thành phố" if p["kind"] == "tp_tw" else "tỉnh"
            found.append(Office(r["code"], kind, r["name"][len(kind) + 1:], p["code"], top,
                                p["name"][len(top) + 1:], xa, towns))
    return found


def _figure(rng, ind, met, year):
    if ind.no == "10":
        return draw(rng, 72, 95) if met else draw(rng, 22, 34)
    if ind.no == "11":
        return draw(rng, 1, 4) if met else draw(rng, 17, 40)
    if ind.no == "15.3":
        return draw(rng, 6, 14) if met else draw(rng, 28, 36)
    if ind.no == "15.4":
        return draw(rng, 91, 98) if met else draw(rng, 15, 44)
    if ind.no == "17.4" and not met:
        return Decimal(rng.choice(["1.1", "1.2", "1.4", "1.5", "1.75", "1.8"]))
    low, high = ind.met if met else ind.unmet
    return Decimal(rng.randint(low, high)) if ind.kind == ntm.C else draw(rng, low, high)


def draw(rng, low, high):
    scale = 10 ** rng.choice([0, 0, 1, 1, 1, 2])
    return ntm.norm(Decimal(rng.randint(low * scale, high * scale)) / scale)


def results(rng, code, name, year, level, basic):
    """One commune: criteria met with the given likelihood."""
    c = Commune(code, name)
    c.failed = set()
    perfect = rng.random() < 0.25
    for no, inds in OF.items():
        c.marks[no] = MET
        if not perfect and rng.random() > level:
            c.marks[no] = BASIC if rng.random() < basic else NOT
            able = [i for i in inds if i.no != "13.4"]
            c.failed |= {i.no for i in rng.sample(able, min(len(able), rng.choice([1, 1, 2])))}
        for i in inds:
            met = i.no not in c.failed
            c.results[i.no] = (MET if met else c.marks[no]) if i.kind == ntm.B else _figure(rng, i, met, year)
    return c


@dataclass(frozen=True)
class Period:
    code: str  # as --expect takes it
    words: tuple  # ways to write it in a heading
    last: datetime.date


def period(rng, code):
    """2023-06, 2023-Q2, 2023-H1, 2023-9M, 2023."""
    year, part = int(code[:4]), code[5:]
    if not part:
        words, month = (f"Năm {year}", f"năm {year}", f"Kỳ báo cáo: Năm {year}", f"NĂM {year}"), 12
    elif part[0] == "Q":
        roman, month = ["I", "II", "III", "IV"][int(part[1]) - 1], 3 * int(part[1])
        words = (f"Quý {roman} năm {year}", f"Quý {roman}/{year}", f"QUÝ {roman} NĂM {year}", f"Kỳ báo cáo: Quý {roman}/{year}")
    elif part == "H1":
        words, month = (f"6 tháng đầu năm {year}", f"Kỳ báo cáo: 6 tháng đầu năm {year}", f"6 THÁNG ĐẦU NĂM {year}"), 6
    elif part == "9M":
        words, month = (f"9 tháng năm {year}", f"9 tháng đầu năm {year}", f"9 THÁNG NĂM {year}"), 9
    else:
        month = int(part)
        words = (f"Tháng {month} năm {year}", f"tháng {month:02d} năm {year}", f"Tháng {month:02d}/{year}", f"THÁNG {month} NĂM {year}",
                 f"Kỳ báo cáo: Tháng {month}/{year}", f"(Tháng {month} năm {year})")
    first_next = datetime.date(year + month // 12, month % 12 + 1, 1)
    return Period(code, words, first_next - datetime.timedelta(days=1))
