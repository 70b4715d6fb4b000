"""Examines the program over the workbooks of make_exam.py.

    python3 score.py PROGRAM DIR [--strict] [--offenders N] [--json FILE]

PROGRAM is asked `check --facts --expect PERIOD` for each folder of DIR, in an
empty home. For each level:

silently wrong   a value or mark that differs from the truth, is missing, is
                 invented or belongs to another commune or field, with no query
                 or reject at its cell (of an absent value: at its row)
exact            values without a fault that were read as the truth has them,
                 at their cell
faults found     planted faults that a query or reject names at one of their
                 cells; a missing commune by its code; a wrong period or office
                 by holding the file
needless         queries and rejects that no planted fault explains, for each
                 value of the truth
wrongly held     files without a wrong heading that were not accepted

A held file excuses what is wrong in it from the first line, not from the others.
--strict exits 1 unless every level keeps the thresholds of LIMITS.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from decimal import Decimal

ROW_FAULTS = ("missing", "duplicate", "foreign")
# exact at least, faults found at least, needless at most; nothing is ever silently wrong or wrongly held
LIMITS = {"clean": (1.0, 1.0, 0.0), "moved": (0.998, 1.0, 0.001), "renamed": (0.995, 0.99, 0.003), "broken": (0.98, 0.98, 0.005)}


def column(letters):
    n = 0
    for ch in letters:
        n = n * 26 + ord(ch) - 64
    return n


class Areas:
    """What the queries and rejects of one file name."""

    def __init__(self, findings):
        self.areas = []
        for f in findings:
            for sheet, area in areas(f):
                self.areas.append((sheet, area))

    def cell(self, sheet, row, col):
        return any(s == sheet and t <= row <= b and l <= col <= r for s, (t, l, b, r) in self.areas)

    def row(self, sheet, row):
        return any(s == sheet and t <= row <= b for s, (t, l, b, r) in self.areas)

    def col(self, sheet, col):
        return any(s == sheet and l <= col <= r for s, (t, l, b, r) in self.areas)


def areas(finding):
    out = []
    for part in re.split(r"[,;\s]+", finding["cell"] or ""):
        m = re.fullmatch(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?", part)
        if m:
            out.append((finding["sheet"], (int(m[2]), column(m[1]), int(m[4] or m[2]), column(m[3] or m[1]))))
    return out


def address(cell):
    m = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    return int(m[2]), column(m[1])


def same(field, singles):
    return field[2:] if field.startswith("TC") and field[2:] in singles else field


def criterion(field):
    return re.sub(r"^TC|\..*$", "", field or "")


def figure(text):
    return Decimal(text).normalize() if text else None


class File:
    def __init__(self, truth, seen):
        self.t, self.seen = truth, seen
        self.asked = [f for f in seen["findings"] if f["severity"] in ("query", "reject")]
        self.named = Areas(self.asked)
        self.wrong, self.missed, self.needless, self.inexact = [], [], [], []
        self.values = self.exact = 0
        self.judge()

    def judge(self):
        wanted = {(v["sheet"], v["cell"]): v for v in self.t["values"]}
        given, twice = defaultdict(list), {(f["sheet"], c) for f in self.t["faults"] if f["kind"] in ROW_FAULTS for c in f["cells"]}
        for f in self.seen.get("facts") or []:
            given[f["sheet"], f["cell"]].append(f)
        for at, v in wanted.items():
            why = "" if v.get("shifted") else self.differs(v, given.get(at, []))
            if not v.get("fault") and at not in twice and not self.t["hold"]:
                self.values += 1
                if why:
                    self.inexact.append((*at, v["field"], why))
                else:
                    self.exact += 1
            if why:
                self.silent(at, v["field"], why, absent=not any(g["value"] or g["mark"] for g in given.get(at, [])))
        for at, got in given.items():
            if at not in wanted and any((g["value"] or g["mark"]) and not g["left_out"] for g in got):
                self.silent(at, got[0]["field"], f"invented {got[0]['value']}{got[0]['mark']}", absent=False)
        self.faults()
        self.questions()

    def differs(self, v, got):
        got = [g for g in got if g["value"] or g["mark"] or g["empty"]]
        if not v["value"] and not v["mark"]:
            return "".join(f"read {g['value']}{g['mark']}, nothing is true here" for g in got if g["value"] or g["mark"])
        if not got:
            return "missing"
        if len(got) > 1:
            return "given twice"
        g = got[0]
        if g["left_out"]:
            return "row left out"
        for name, want, have in (("commune", v["unit"], g["unit_code"]), ("field", same(v["field"], self.t["singles"]), same(g["field"], self.t["singles"])), ("form", self.t["of"], g["form"]),
                                 ("mark", v["mark"], g["mark"]), ("value", figure(v["value"]), figure(g["value"]))):
            if want != have:
                return f"{name} {have}, truth {want}"
        if (g["district_code"], g["period"]) != (self.t["office"], self.t["period"]) and not self.t["hold"]:
            return f"of {g['district_code']} {g['period']}, truth {self.t['office']} {self.t['period']}"
        return ""

    def silent(self, at, fld, why, absent):
        row, col = address(at[1])
        if self.named.cell(at[0], row, col) or absent and (
                self.named.col(at[0], col) if self.t["turned"] else self.named.row(at[0], row)):
            return
        if self.seen["state"] != "accepted":
            return
        self.wrong.append((*at, fld, why))

    def faults(self):
        self.planted = 0
        for f in self.t["faults"]:
            if not f["must"]:
                continue
            self.planted += 1
            if f["hold"]:
                found = self.seen["state"] == "held"
            elif not f["cells"]:
                found = any(x["unit_code"] == f["unit"] for x in self.asked)
            else:
                found = any(self.named.cell(f["sheet"], *address(c)) for c in f["cells"])
            if not found:
                self.missed.append((f["sheet"], ",".join(f["cells"][:3]), f["kind"], f["unit"]))

    def questions(self):
        if self.t["hold"]:
            return
        for x in self.asked:
            if not self.explained(x):
                self.needless.append((x["sheet"], x["cell"], x["rule"], x["field"], x["unit_code"], x["message"]))

    def explained(self, x):
        where = areas(x)
        for f in self.t["faults"]:
            spots = [address(c) for c in f["cells"]]
            if any(s == f["sheet"] and t <= r <= b and l <= c <= q for s, (t, l, b, q) in where for r, c in spots):
                return True
            if f["unit"] and x["unit_code"] == f["unit"] and (
                    f["kind"] in ROW_FAULTS or x["field"] in ("total_met", "")
                    or criterion(x["field"]) in {criterion(k) for k in f["fields"]}):
                return True
            # a total over a faulty column, or over rows that are not as they should be
            cols, rows = {c for _, c in spots}, {r for r, _ in spots}
            if self.t["turned"] and f["sheet"] == x["sheet"] and any(t == b and l == q and t in rows for _, (t, l, b, q) in where) and x["rule"].startswith("TONG"):
                return True
            for s, (t, l, b, q) in where:
                if t == b and t in self.t["sums"] and (f["kind"] in ROW_FAULTS or any(l <= c <= q for c in cols)):
                    return True
        return False


def check(program, folder, period):
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run([program, "--home", os.path.join(home, "home"), "--province", "all", "--lang", "en", "check", folder,
                               "--facts", "--expect", period], capture_output=True, text=True, cwd=home)
    if done.returncode not in (0, 3):
        raise SystemExit(f"{folder}: exit {done.returncode}\n{done.stderr}")
    return {os.path.basename(r["file"]): r for r in json.loads(done.stdout)}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("program")
    p.add_argument("dir")
    p.add_argument("--strict", action="store_true")
    p.add_argument("--offenders", type=int, default=10, help="how many to print of each sort and level")
    p.add_argument("--json", help="write every offender to this file")
    args = p.parse_args()
    with open(os.path.join(args.dir, "truth.json"), encoding="utf-8") as f:
        truths = json.load(f)
    seen = {q: check(os.path.abspath(args.program), os.path.join(os.path.abspath(args.dir), q), q) for q in sorted({t["period"] for t in truths})}
    files = [File(t, seen[t["period"]][t["file"]]) for t in truths]
    if args.json:
        with open(args.json, "w", encoding="utf-8") as f:
            json.dump([{"file": f"{x.t['period']}/{x.t['file']}", "level": x.t["level"], "state": x.seen["state"], "hold": x.t["hold"],
                        "wrong": x.wrong, "missed": x.missed, "needless": x.needless, "inexact": x.inexact, "values": x.values,
                        "asked": x.asked, "habit": x.t["habit"], "faults": x.t["faults"]} for x in files], f, ensure_ascii=False, indent=1)
    sys.exit(1 if not report(files, args.offenders) and args.strict else 0)


def report(files, offenders):
    kept = True
    print(f"{'level':8} {'files':>5} {'values':>7} {'silently':>8} {'exact':>9} {'faults found':>13} {'needless':>9} {'per value':>9} {'wrongly held':>12}")
    for level, (exact, found, needless) in LIMITS.items():
        of = [f for f in files if f.t["level"] == level]
        if not of:
            continue
        n = sum(f.values for f in of)
        sums = Counter()
        for f in of:
            sums["wrong"] += len(f.wrong)
            sums["exact"] += f.exact
            sums["planted"] += f.planted
            sums["missed"] += len(f.missed)
            sums["needless"] += len(f.needless)
            sums["held"] += not f.t["hold"] and f.seen["state"] != "accepted"
        share, hit = sums["exact"] / n, 1 - sums["missed"] / (sums["planted"] or 1)
        per = sums["needless"] / n
        good = not sums["wrong"] and share >= exact and hit >= found and per <= needless and not sums["held"]
        kept &= good
        print(f"{level:8} {len(of):5d} {n:7d} {sums['wrong']:8d} {100 * share:8.3f}% {sums['planted'] - sums['missed']:5d} of {sums['planted']:<4d} "
              f"{sums['needless']:9d} {100 * per:8.3f}% {sums['held']:12d}  {'' if good else 'below the mark'}")
    for f in files:
        where = f"{f.t['period']}/{f.t['file']}"
        if not f.t["hold"] and f.seen["state"] != "accepted":
            print(f"HELD     {where}: {f.seen['state']} {f.seen.get('reason', '')} "
                  + "; ".join(f"{x['rule']} {x['message']}" for x in f.asked if x["rule"][:2] in ("BI", "DV", "KY", "CO", "LO"))[:300])
            continue
        for name, got in (("SILENT", f.wrong), ("MISSED", f.missed), ("NEEDLESS", f.needless), ("INEXACT", f.inexact)):
            for x in got[:offenders]:
                print(f"{name:8} {where}: {x[0]}!{x[1]} {' '.join(map(str, x[2:]))[:240]}")
            if len(got) > offenders:
                print(f"         … and {len(got) - offenders} more")
    return kept


if __name__ == "__main__":
    main()
