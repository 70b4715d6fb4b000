"""Judges what tonghop understood of forms against their truth.

    python3 compare.py FACTS.csv FINDINGS.csv TRUTH.csv [FAULTS.csv] [--period P]

FACTS and FINDINGS are the CSV of `tonghop facts` and `tonghop findings`;
several periods may be concatenated, headers and all. TRUTH is the truth.csv
of make_forms.py or of the samples. FAULTS defaults to the faults.csv beside
it. With --period only the files of that period are judged.

Silently wrong is a cell whose unit, field, value, mark or emptiness differs
from the truth, that is missing, given twice or invented, or that carries
another period, office or province, unless a query or reject names the cell.
Values compare as text, so 85.50 for 85.5 is wrong too.

Exact counts every cell of the truth without a planted fault.

A query has no cause if it touches no planted fault and no cell that the truth
itself calls blank or unreadable. A fault also excuses queries at the total or
at the same criterion of the same commune. Such cells count, and a query
without any cell counts as one.

Exit 1: something silently wrong, exact under 99.8 %, queries without cause on
more than 1 value in 1,000, or a file that was not accepted.
"""

import argparse
import csv
import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict

LISTED = 50


def column(letters):
    n = 0
    for ch in letters:
        n = n * 26 + ord(ch) - 64
    return n


def letters(n):
    out = ""
    while n:
        n, r = divmod(n - 1, 26)
        out = chr(65 + r) + out
    return out


def cells(text):
    """Every address in "F14", "F14:F20" or a comma list of both."""
    found = set()
    for part in re.split(r"[,;\s]+", text or ""):
        part = part.split("!")[-1].replace("$", "")
        m = re.fullmatch(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?", part)
        if not m:
            continue
        c1, r1 = column(m[1]), int(m[2])
        c2, r2 = (column(m[3]), int(m[4])) if m[3] else (c1, r1)
        if (abs(c2 - c1) + 1) * (abs(r2 - r1) + 1) > 100_000:
            raise SystemExit(f"a finding names an absurd area: {part}")
        found |= {f"{letters(c)}{r}" for c in range(min(c1, c2), max(c1, c2) + 1)
                  for r in range(min(r1, r2), max(r1, r2) + 1)}
    return found


def read(path, required):
    with open(path, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    missing = set(required) - set(rows[0] if rows else required)
    if missing:
        raise SystemExit(f"{path}: no column {', '.join(sorted(missing))}")
    rows = [r for r in rows if r[required[0]] != required[0]]  # headers of concatenated files
    for r in rows:
        for k in ("file", "sheet"):
            r[k] = unprotect(unicodedata.normalize("NFC", r[k]))
    return rows


def unprotect(text):
    """The contract puts one ' before a text that a spreadsheet would calculate."""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@\t\r" else text


def criterion(fld):
    return re.sub(r"^TC|\..*$", "", fld or "")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("facts")
    p.add_argument("findings")
    p.add_argument("truth")
    p.add_argument("faults", nargs="?")
    p.add_argument("--period", default="")
    args = p.parse_args()

    truth = read(args.truth, ["file", "sheet", "cell", "unit_code", "field", "value", "mark", "empty"])
    facts = read(args.facts, ["province_code", "file", "sheet", "cell", "unit_code", "field", "value", "mark",
                              "empty", "period", "district_code", "state"])
    findings = read(args.findings, ["rule", "severity", "file", "sheet", "cell", "unit_code", "field"])
    path = args.faults or os.path.join(os.path.dirname(args.truth), "faults.csv")
    faults = read(path, ["file", "sheet", "cell", "rule_kind", "unit_code", "field"]) if os.path.exists(path) else []
    if args.period:
        truth = [t for t in truth if t.get("period", args.period) == args.period]
        known = {t["file"] for t in truth}
        faults = [f for f in faults if f["file"] in known]
        facts = [f for f in facts if f["file"] in known or f["period"] == args.period]
        findings = [f for f in findings if f["file"] in known or f.get("period") == args.period]

    def key(r):
        return r["file"], r["sheet"], r["cell"]

    # what queries and rejects name
    named = set()
    for f in findings:
        if f["severity"] in ("query", "reject"):
            named |= {(f["file"], f["sheet"], c) for c in cells(f["cell"])}
    named_rows = {(f, s, re.sub(r"\D", "", c)) for f, s, c in named}

    # cells of planted faults; rows of a foreign or doubled commune stand or fall as rows
    faulty, faulty_rows, excused = set(), set(), defaultdict(set)
    for f in faults:
        here = {(f["file"], f["sheet"], c) for c in cells(f["cell"])}
        faulty |= here
        if f["rule_kind"] in ("foreign_commune", "duplicate_commune"):
            faulty_rows |= here
        if f["unit_code"]:
            excused[(f["file"], f["unit_code"])].add(criterion(f["field"]) or "*")

    wanted = {key(t): t for t in truth}
    given = defaultdict(list)
    for f in facts:
        given[key(f)].append(f)

    wrong = []

    def note(k, why):
        if k in named or k in faulty_rows and (k[0], k[1], re.sub(r"\D", "", k[2])) in named_rows:
            counts["wrong, but named by a query"] += 1
        else:
            wrong.append((k, why))

    counts = Counter()
    sound = exact = 0
    for k, t in wanted.items():
        got = given.get(k, [])
        diff = []
        if not got:
            diff = ["missing"]
        elif len(got) > 1:
            diff = [f"given {len(got)} times"]
        else:
            g = got[0]
            pairs = [(n, n) for n in ("unit_code", "field", "value", "mark", "empty")]
            pairs += [(a, b) for a, b in (("period", "period"), ("office", "district_code"), ("province", "province_code"))
                      if a in t]
            diff = [f"{b} {g[b]!r}, truth {t[a]!r}" for a, b in pairs if g[b] != t[a]]
        if k not in faulty:
            sound += 1
            exact += not diff
        if diff:
            note(k, f"{t['unit_code']} {t['field']}: " + "; ".join(diff))
    for k, got in given.items():
        if k not in wanted:
            note(k, f"invented: {got[0]['unit_code']} {got[0]['field']} {got[0]['value']}{got[0]['mark']}")

    # queries without cause
    by_cell = {k for k, t in wanted.items() if t["empty"] in ("not_reported", "unreadable")}
    idle, idle_list = set(), []
    for f in findings:
        if f["severity"] not in ("query", "reject"):
            continue
        here = {(f["file"], f["sheet"], c) for c in cells(f["cell"])}
        if here & faulty or here & by_cell:
            continue
        reasons = excused.get((f["file"], f["unit_code"]), set())
        if reasons and ("*" in reasons or f["field"] == "total_met" or criterion(f["field"]) in reasons):
            continue
        if not here and any(x["file"] == f["file"] and not x["cell"] for x in faults):
            continue
        idle |= (here & set(wanted)) or here or {(f["file"], f["sheet"], f["rule"])}
        idle_list.append(f)

    states = defaultdict(set)
    for f in facts:
        states[f["file"]].add(f["state"])
    held = sorted(n for n, s in states.items() if s != {"accepted"})
    unseen = sorted({t["file"] for t in truth} - set(states))
    # a planted fault that no query names and that left the facts true is not wrong, but worth a look
    quiet = [f for f in faults if f["cell"] and not ({(f["file"], f["sheet"], c) for c in cells(f["cell"])} & named)]
    quiet += [f for f in faults if not f["cell"] and not any(
        x["file"] == f["file"] and x["unit_code"] == f["unit_code"] and x["severity"] in ("query", "reject") for x in findings)]

    share = 100 * exact / sound if sound else 0.0
    per_thousand = 1000 * len(idle) / len(wanted) if wanted else 0.0
    print(f"facts                  {len(facts)} given, {len(wanted)} in the truth, {len(states)} files")
    print(f"exact                  {exact} of {sound}: {share:.3f} %")
    print(f"silently wrong         {len(wrong)}")
    for k, why in wrong[:LISTED]:
        print(f"    {k[0]} | {k[1]}!{k[2]} | {why}")
    if len(wrong) > LISTED:
        print(f"    … and {len(wrong) - LISTED} more")
    print(f"wrong, but named       {counts['wrong, but named by a query']}")
    print(f"queries without cause  {len(idle)} cells: {per_thousand:.2f} per 1,000 values")
    for f in idle_list[:LISTED]:
        print(f"    {f['file']} | {f['sheet']}!{f['cell']} | {f['rule']} {f['field']} {f.get('found', '')}")
    print(f"faults planted         {len(faults)}, unnamed by any query {len(quiet)}")
    for f in quiet[:LISTED]:
        print(f"    {f['file']} | {f['sheet']}!{f['cell']} | {f['rule_kind']} {f['unit_code']} {f['field']}")
    print(f"not accepted           {len(held)} files, without any fact {len(unseen)}")
    for n in held + unseen:
        print(f"    {n} {', '.join(sorted(states.get(n, {'no facts'})))}")
    sys.exit(1 if wrong or share < 99.8 or per_thousand > 1 or held or unseen else 0)


if __name__ == "__main__":
    main()
