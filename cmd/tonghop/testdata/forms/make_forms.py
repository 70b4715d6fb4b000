"""Makes random forms xa-ntm in layout F1b, with the truth about every cell.

    python3 make_forms.py --seed N --count M --level clean|messy --out DIR
                          [--faults] [--period 2023-06] [--province 84]

DIR gets M workbooks, one an office, drawn from the district offices of Trà
Vinh, Cao Bằng and Lai Châu, and

    truth.csv   one line a source cell: what it says, and of whom
    faults.csv  the faults planted with --faults, and their cells

The same seed and options give the same files. Needs openpyxl and xlsxwriter.
"""

import argparse
import csv
import os
import random
import sys
import unicodedata

sys.dont_write_bytecode = True

import books  # noqa: E402
import ntm  # noqa: E402
import regions  # noqa: E402
import spelling as sp  # noqa: E402
from layout import Fault, Habit, build  # noqa: E402

TRUTH = ["file", "sheet", "cell", "unit_code", "field", "value", "mark", "empty", "period", "office", "province"]
FAULTS = ["file", "sheet", "cell", "what", "rule_kind", "unit_code", "field"]
LEVEL = {"84": (0.80, 0.97), "04": (0.55, 0.85), "12": (0.6, 0.9)}

STT_HEADS = ["STT", "TT", "Stt", "Số TT", "Số thứ tự"]
NAME_HEADS = ["Tên xã", "Xã", "Đơn vị", "Tên đơn vị", "Huyện/xã", "Đơn vị (xã)", "TÊN XÃ", "Tên các xã"]
MARK_HEADS = ["Đánh giá", "Đạt/Chưa đạt", "Kết quả đánh giá", "ĐG", "Đánh giá TC #", "Đạt/\nchưa đạt", "Đánh giá tiêu chí"]
TOTAL_HEADS = ["Tổng số tiêu chí đạt", "Số tiêu chí đạt", "Tổng số TC đạt", "Tổng TC đạt chuẩn", "Số TC đạt",
               "Tổng số tiêu chí\nđạt chuẩn", "TỔNG SỐ TIÊU CHÍ ĐẠT", "Tổng số tiêu chí đạt/19"]
SHEETS = ["Biểu 01", "Sheet1", "NTM", "Biểu tổng hợp", "Phụ lục I", "Tháng", "BTC xã", "Bieu 1b", "KQ xã NTM"]
UNIT_LINES = ["", "", "Đơn vị tính: %", "ĐVT: %, triệu đồng/người/năm", "Đơn vị tính: theo từng chỉ tiêu"]
NOTES = [(), ("Ghi chú: số liệu do các xã tự đánh giá.",),
         ("Ghi chú:", "- Các chỉ tiêu tính theo Quyết định số 318/QĐ-TTg ngày 08/3/2022.", "- Số liệu dân số năm trước: 12.345 người."),
         ("* Ghi chú: kết quả chưa qua thẩm tra của huyện.",)]


def clean(rng):
    """Tidy forms, in many wordings."""
    rows = rng.choice(["ci", "ci", "gci", "sci", "nni", "cni", "cir"])
    numbered = ["colon", "dot", "dot short", "TC dash", "TC dot", "about", "caps", "break"]
    bare = ["TC", "word", "number"]
    with_number = ["number", "dot full", "full", "dot short", "short", "colon", "CT", "Chỉ tiêu", "break"]
    if rng.random() < 0.15:
        criterion, indicator = rng.choice(["name", *numbered]), "name"
    else:
        criterion, indicator = rng.choice(numbered * 2 + bare + ["name"]), rng.choice(with_number)
    marks = rng.choice(["", "each", "each", "block"])
    writer = rng.choice(["openpyxl", "xlsxwriter"])
    h = Habit(
        writer=writer, font=rng.choice(["Times New Roman", "Times New Roman", "Arial", "Calibri"]),
        sheet=rng.choice(SHEETS), body=rng.choice(["UBND", "full", "two lines", "board", "office"]),
        title=rng.randrange(len(sp.TITLES)), period=rng.choice(["line", "line", "title", "line+asof", "title+asof"]),
        month_way=rng.randrange(len(sp.MONTH_WAYS)), as_of_way=rng.randrange(len(sp.AS_OF_WAYS)),
        attached=rng.random() < 0.3, decision=rng.random() < 0.2, unit_line=rng.choice(UNIT_LINES),
        rows=rows, criterion=criterion, indicator=indicator, stt_head=rng.choice(STT_HEADS),
        name_head=rng.choice(NAME_HEADS), single_merge=rng.random() < 0.5, rotate=rng.random() < 0.2,
        column_numbers=rng.choice(["", "", "paren", "letters", "plain"]), marks=marks,
        mark_head=rng.choice(MARK_HEADS), mark_first=rng.random() < 0.15, mark_bool_singles=rng.random() < 0.3,
        words=rng.choice(["Đạt", "Đạt", "đạt", "ĐẠT", "Không đạt"]), total=rng.choice(["int", "int", "fraction"]),
        total_head=rng.choice(TOTAL_HEADS), total_first=rng.random() < 0.15,
        numbers=rng.choice([("plain",), ("plain",), ("plain", "fixed"), ("percent format",)]),
        stt=rng.choice(["int", "int", "text", "dot"]), names=(rng.choice(["bare", "Xã", "xã", "X.", "XÃ CAPS"]),),
        totals=rng.choice([(), ("sum",), ("met",), ("met", "share"), ("sum", "average")]),
        totals_top=rng.random() < 0.2, extras=rng.choice([(), (), (("note", "end"),), (("year", "end"), ("note", "end"))]),
        notes=rng.choice(NOTES), place=rng.random() < 0.8, signatures=rng.choice(["", "one", "two", "two"]))
    if writer == "xlsxwriter" and rng.random() < 0.4:
        h.total_formulas = True
        h.total = rng.choice([h.total, "formula"])
    return h


def messy(rng):
    """Moderately messy forms: what spreadsheets look like after years of copying."""
    h = clean(rng)
    cached = h.writer == "xlsxwriter"
    h.top, h.left = rng.choice([1, 1, 2, 3, 5, 9]), rng.choice([1, 1, 1, 2, 3, 4])
    styles = ["plain", "comma text", "dot text", "percent text", "percent format", "fixed", "text format"]
    h.numbers = tuple(rng.choices(styles, [4, 4, 2, 1, 2, 1, 1], k=rng.choice([1, 2, 3])))
    if cached and rng.random() < 0.3:
        h.numbers += ("formula",)
    h.stray = rng.choice([0, 0.03, 0.1])
    h.stray_styles = tuple(styles)
    ways = list(sp.NAME_WAYS)
    h.names = tuple(rng.sample(ways, rng.choice([1, 2, 4])))
    h.stt = rng.choice(["int", "int", "text", "dot", "none", "in name"])
    h.words = rng.choice(["Đạt", "Đạt", "đạt", "ĐẠT", "Không đạt", "Đ", "x"])
    if h.words not in ("Đ", "x"):
        h.mark_noise = rng.choice([0, 0, 0.05, 0.15])
    h.mark_formula = cached and not h.mark_noise and rng.random() < 0.3
    h.total = rng.choice(["int", "fraction", "text"] + (["formula"] if cached else []))
    # Without a cached value only rows that are no facts may hold formulas.
    h.total_formulas = rng.random() < 0.4
    h.column_numbers = rng.choice(["", "paren", "letters", "plain"])
    h.sections = rng.choice(["", "", "district", "status"])
    h.merged_name = rng.random() < 0.2
    h.shuffle = rng.random() < 0.3
    h.blank_rows, h.blank_cols = rng.choice([0, 1, 2]), rng.choice([0, 0, 1, 2])
    h.hidden_rows, h.hidden_cols = rng.choice([0, 1]), rng.choice([0, 0, 1, 2])
    h.numbers_as_numbers = rng.random() < 0.4
    h.blank_cells = rng.choice([0, 0, 0.003, 0.01])
    h.not_applicable = rng.choice([0, 0, 0.2])
    h.not_due = rng.choice([0, 0, 0.05])
    front = rng.sample(["population", "hamlets", "group", "year"], rng.choice([0, 0, 1, 2]))
    end = rng.sample(["change", "delta", "note", "previous"], rng.choice([0, 1, 2]))
    h.extras = tuple((k, "front") for k in front) + tuple((k, "end") for k in end)
    sheets = rng.sample(["note", "list", "capital", "empty"], rng.choice([0, 1, 2, 3]))
    h.before = tuple(k for k in sheets if k != "empty" and rng.random() < 0.5)
    h.after = tuple(k for k in sheets if k not in h.before)
    return h


def whole(h):
    """Habits without what would not survive a move: formulas and column numbers."""
    h.numbers = tuple(n for n in h.numbers if n != "formula") or ("plain",)
    h.total = "int" if h.total == "formula" else h.total
    h.total_formulas = h.mark_formula = h.merged_name = False
    h.column_numbers, h.sections, h.blank_rows, h.blank_cols, h.hidden_rows, h.hidden_cols = "", "", 0, 0, 0, 0
    h.stt = "int" if h.stt in ("none", "in name") else h.stt


def plant(rng, h, communes, offices, office):
    """Draws the faults of one form; at most one a commune."""
    numbers = [i for i in ntm.INDICATORS if i.kind == ntm.P and i.no != "16"]
    units = [c.code for c in communes]
    rng.shuffle(units)
    kinds = rng.sample(["missing", "duplicate", "foreign", "wrong_total", "out_of_range", "ambiguous_mark",
                        "short_mark", "garbage", "blank"] + (["no_cached_value"] if h.writer == "openpyxl" else []),
                       min(rng.choice([1, 2, 3]), max(1, len(units) // 3)))
    faults, foreign = [], None
    for kind in kinds:
        if not units:
            break
        if kind in ("wrong_total", "ambiguous_mark", "short_mark") and h.marks == "":
            continue  # nothing on the form would contradict it
        unit = units.pop()
        c = next(k for k in communes if k.code == unit)
        if kind == "missing" and len(communes) > 2:
            faults.append(Fault(kind, unit))
        elif kind == "foreign":
            other = rng.choice([o for o in offices.values() if o.province == office.province and o.code != office.code])
            names = {n.casefold() for _, n in office.communes}
            strangers = [k for k in other.communes if k[1].casefold() not in names and fold(k[1]) not in {fold(n) for n in names}]
            if not strangers:
                continue
            code, name = rng.choice(strangers)
            foreign = ntm.commune_results(rng, code, name, office.province, 2023, 0.8, 0.2, not isinstance(c.result["16"], str))
            faults.append(Fault(kind, code))
        elif kind == "duplicate":
            twin = ntm.commune_results(rng, unit, c.name, office.province, 2023, 0.5, 0.2, not isinstance(c.result["16"], str))
            faults.append(Fault(kind, unit, text=twin))
        elif kind == "wrong_total":
            faults.append(Fault(kind, unit, ("total",)))
        elif kind == "out_of_range":
            faults.append(Fault(kind, unit, ("v", rng.choice(numbers).no), rng.choice(["185", "1234,5", "950"])))
        elif kind == "ambiguous_mark":
            faults.append(Fault(kind, unit, ("m", rng.choice([k for k in ntm.CRITERIA if not ntm.single(k)])), "CĐ"))
        elif kind == "short_mark":
            able = [k for k, s in c.status.items() if s == ntm.BASIC and not ntm.single(k)]
            if able:
                faults.append(Fault(kind, unit, ("m", rng.choice(able)), "CBĐ"))
        elif kind == "garbage":
            faults.append(Fault(kind, unit, ("v", rng.choice(numbers).no), rng.choice(["#", "85,5,3", "??", "8o,5"])))
        elif kind == "blank":
            faults.append(Fault(kind, unit, ("v", rng.choice(numbers).no)))
        elif kind == "no_cached_value":
            faults.append(Fault(kind, unit, ("total",), "18+1"))
    return faults, foreign


def fold(text):
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(ch for ch in plain if not unicodedata.combining(ch))


def file_name(rng, office, year, month):
    place = sp.office_short(office)
    return rng.choice([
        f"BC NTM T{month} - {office.code} {office.name}.xlsx",
        f"{office.code}_{place} bieu xa NTM {month:02d}-{year}.xlsx",
        f"UBND {place} - báo cáo tháng {month} năm {year} ({office.code}).xlsx",
        f"{office.code} Phụ lục NTM {place}.xlsx",
    ])


def make(args):
    rng = random.Random(f"{args.seed} {args.level} {args.count} {args.faults}")
    offices = ntm.offices()
    pool = [o for o in offices.values() if args.province in ("all", o.province)]
    rng.shuffle(pool)
    if args.count > len(pool):
        raise SystemExit(f"only {len(pool)} offices; one form an office")
    truth, faults = [], []
    for office in pool[:args.count]:
        n = rng.randrange(38)  # 2022-04 … 2025-05
        year, month = 2022 + (n + 3) // 12, (n + 3) % 12 + 1
        if args.period:
            year, month = map(int, args.period.split("-"))
        h = clean(rng) if args.level == "clean" else messy(rng)
        if args.regions:
            whole(h)
        level, culture = rng.uniform(*LEVEL[office.province]), rng.random() < 0.4
        basic = rng.choice([0, 0.3])
        communes = [ntm.commune_results(rng, c, n, office.province, year, level, basic, culture) for c, n in office.communes]
        h.hidden_rows = min(h.hidden_rows, len(communes) - 1)
        planted, foreign = plant(rng, h, communes, offices, office) if args.faults else ([], None)
        form = build(office, year, month, communes, h, rng, planted, foreign)
        name = file_name(rng, office, year, month)
        if args.regions:
            regions.relay(form, h, rng.choice(regions.WAYS) if args.regions == "any" else args.regions)
        write = books.write_openpyxl if h.writer == "openpyxl" else books.write_xlsxwriter
        write(os.path.join(args.out, name), form.grids, h.font)
        period = f"{year}-{month:02d}"
        for row in form.truth:
            row.update(file=name, period=period, office=office.code, province=office.province)
        for row in form.faults:
            row.update(file=name)
        truth += form.truth
        faults += form.faults
        print(f"{period}  {office.province} {office.code}  {len(form.truth):5d} cells  {len(form.faults)} faults  {h.writer:10s}  {name}")
    for name, heads, rows in (("truth.csv", TRUTH, truth), ("faults.csv", FAULTS, faults)):
        with open(os.path.join(args.out, name), "w", encoding="utf-8", newline="") as f:
            w = csv.DictWriter(f, heads, lineterminator="\n")
            w.writeheader()
            w.writerows(rows)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--seed", type=int, required=True)
    p.add_argument("--count", type=int, default=9)
    p.add_argument("--level", choices=["clean", "messy"], default="clean")
    p.add_argument("--faults", action="store_true", help="plant faults and record them")
    p.add_argument("--regions", default="", choices=["", "any", *regions.WAYS], help="lay the table out in another way")
    p.add_argument("--period", default="", help="one period for all, 2023-06 (default: random, one a file)")
    p.add_argument("--province", default="all", help="84, 04 or 12 (default: all three)")
    p.add_argument("--out", required=True)
    args = p.parse_args()
    os.makedirs(args.out, exist_ok=True)
    make(args)


if __name__ == "__main__":
    main()
