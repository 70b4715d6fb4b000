"""Writes workbooks that nobody has seen, with the truth about every cell.

    python3 make_exam.py --seed N --files M --out DIR [--levels L,…] [--forms F,…] 
                         [--shapes S,…] [--encodings E,…] [--no-legends] [--form ID/VERSION]

DIR gets a folder for each period, M workbooks in all, the levels in turn,
and truth.json. Two files of one folder never come from the same office. The
same seed gives the same forms. Needs openpyxl, xlsxwriter, xlwt and odfpy.
"""

import argparse
import json
import os
import random

import faults
import habit
import hand
import lying
import old
import otherforms
import shapes
import sheets
import spread
import truth
from page import Page


def make(rng, number, level, period, offices, pool, args):
    h = habit.draw(rng, level, args.forms.split(","))
    if h.legend and args.no_legends:
        h.signs, h.legend = hand.PLAIN_MARKS[0], ""
    head, rows, cells = faults.draw(rng, level)
    if args.form.startswith("xa-ntm-nc"):
        rows = [r for r in rows if r != "missing"]  # not every commune strives for it
    shape = rng.choice(["", *args.shapes.split(",")]) if args.shapes else ""
    if shape:
        shapes.tame(h)
        lying.fit(rng, h, shape, habit.LAYERS)
    if shape in spread.CUTS:
        rows = [r for r in rows if r == "missing"]
    office = pool.pop()
    best, basic = rng.uniform(0.55, 0.95), rng.choice([0, 0.3])
    year = period.last.year
    communes = [truth.results(rng, c, n, year, best, basic) for c, n in office.communes]
    if args.encodings:
        h.write_old(rng.choice(args.encodings.split(",")))
    if h.encoding and "CBĐ" in h.signs:
        h.encoding = ""
    other = truth.period(rng, rng.choice([p for p in habit.PERIODS if p != period.code]))
    page = Page(rng, office, period, communes, h)
    planter = faults.Planter(rng, page, offices, other)
    page.plan()
    if head:
        head = planter.heads(head)
        if head == "wrong office":
            pool[:] = [o for o in pool if o.code != page.o.code]
    planter.rows(rows)
    book = spread.build(page, shape) if shape in spread.CUTS else page.build()
    planter.settle()
    planter.cells(cells)
    if head:
        planter.add(head, [page.period_cell if head == "wrong period" else page.office_cell], hold=True)
    if shape == "turned":
        shapes.turn(page, planter.faults)
    elif shape in lying.TURNS:
        lying.TURNS[shape](page, planter.faults)
    name = f"{number:03d} {level} {h.form}{' ' + shape if shape else ''}{sheets.SUFFIX[h.writer]}"
    sheets.write(os.path.join(args.out, period.code, name), h.writer, book)
    sums = [r.at for r in page.arranged if r.kind in ("sum", "met", "share", "average")]
    return {"file": name, "level": level, "form": h.form, "of": args.form.split("/")[0], "singles": otherforms.singles(),
            "writer": h.writer, "period": period.code, "office": office.code,
            "values": page.truth, "faults": planter.faults, "sums": sums, "turned": shape == "turned" or shape in lying.TURNS,
            "hold": any(f["hold"] for f in planter.faults), "habit": {k: v for k, v in vars(h).items() if v}}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--seed", type=int, required=True)
    p.add_argument("--files", type=int, default=40)
    p.add_argument("--levels", default=",".join(habit.LEVELS))
    p.add_argument("--forms", default=",".join(habit.FORMS))
    p.add_argument("--shapes", default="", help="also these: " + ",".join(shapes.SHAPES))
    p.add_argument("--encodings", default="", help="every file in one of these: " + ",".join(old.ENCODINGS))
    p.add_argument("--form", default=otherforms.FORMS[0], choices=otherforms.FORMS)
    p.add_argument("--no-legends", action="store_true", help="no sign that only a legend explains")
    p.add_argument("--out", required=True)
    args = p.parse_args()
    otherforms.use(args.form)
    rng = random.Random(f"exam {args.seed}")
    units = truth.units()
    codes = rng.sample(habit.PERIODS, min(len(habit.PERIODS), 2 + args.files // 40))
    periods = [truth.period(rng, c) for c in codes]
    offices = {q.code: truth.register(units, q.last) for q in periods}
    pools = {c: rng.sample(o, len(o)) for c, o in offices.items()}
    levels, done = args.levels.split(","), []
    for i in range(args.files):
        q = rng.choice(periods)
        os.makedirs(os.path.join(args.out, q.code), exist_ok=True)
        one = random.Random(f"exam {args.seed} {i}")
        done.append(make(one, i, levels[i % len(levels)], q, offices[q.code], pools[q.code], args))
    with open(os.path.join(args.out, "truth.json"), "w", encoding="utf-8") as f:
        json.dump(done, f, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
