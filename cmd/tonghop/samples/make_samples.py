"""Makes the nine sample workbooks of Trà Vinh for June 2023, and their truth.

Each district office has its own habits; they are written out in SAMPLES. The
results are invented. The same seed gives the same bytes on the same versions
of openpyxl, xlsxwriter and LibreOffice, and the same content on others.

    python3 make_samples.py [--out DIR] [--no-libreoffice]

Needs openpyxl, xlsxwriter and soffice (LibreOffice).
"""

import argparse
import csv
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "testdata", "forms"))
sys.dont_write_bytecode = True

import books  # noqa: E402
import ntm  # noqa: E402
from layout import Fault, Habit, build  # noqa: E402

YEAR, MONTH, REGION = 2023, 6, "84"

# office: file name, share of criteria met, culture (16) as a figure, habit, faults
SAMPLES = {
    "842": ("TP Trà Vinh - Biểu NTM tháng 6.2023.xlsx", 0.97, False, Habit(
        writer="openpyxl", sheet="Biểu 01", body="office", title=1, period="line+asof", month_way=1, as_of_way=0,
        rows="ci", criterion="dot", indicator="short", stt_head="TT", name_head="Tên xã", marks="each",
        mark_head="Đánh giá", total="int", stt="int", names=("Xã",), totals=("sum",), rotate=True,
        notes=("Ghi chú: Thành phố có 01 xã thực hiện xây dựng nông thôn mới.",), unit_line="Đơn vị tính: %"), []),
    "844": ("BC NTM T6 - Càng Long.xlsx", 0.93, False, Habit(
        writer="xlsxwriter", sheet="Tháng 6", body="UBND", title=0, period="line", month_way=0, attached=True,
        rows="gci", criterion="TC dot", indicator="number", stt_head="STT", name_head="Xã", marks="each",
        mark_head="Đạt/Chưa đạt", column_numbers="paren", total="formula", sections="district",
        numbers=("plain", "plain", "fixed"), stt="int", names=("bare",), totals=("met", "share"), total_formulas=True,
        mark_formula=True, extras=(("note", "end"),), notes=("Ghi chú: số liệu do các xã tự đánh giá.",)), []),
    "845": ("Cầu Kè_bieu tong hop xa NTM 06-2023.xlsx", 0.88, True, Habit(
        writer="openpyxl", libreoffice=True, sheet="Sheet1", before=("note",), body="full", title=2, period="title+asof",
        as_of_way=2, rows="nni", criterion="number", indicator="number", stt_head="TT", name_head="Đơn vị",
        marks="each", mark_head="ĐG", total="formula", total_head="Tổng TC đạt", numbers=("plain", "formula"),
        stt="int", names=("bare", "tone"), totals=("sum", "average"), total_formulas=True, totals_top=True,
        single_merge=False, font="Arial", unit_line="ĐVT: %, triệu đồng/người/năm"), []),
    "846": ("tiểu cần ntm thang 6 (sửa).xlsx", 0.9, False, Habit(
        writer="openpyxl", sheet="biểu NTM", top=3, left=2, body="two lines", title=3, period="line", month_way=4,
        decision=True, rows="ci", criterion="dot short", indicator="name short", stt_head="STT", name_head="Tên đơn vị",
        marks="", words="đạt", total="fraction", total_head="Tổng số TC đạt", numbers=("comma text", "comma text", "plain"),
        stray=0.06, stray_styles=("dot text", "percent text"), mark_noise=0.05, stt="none",
        names=("X.", "X.tight", "xã", "lower", "blanks"), shuffle=True, totals=("met",),
        extras=(("hamlets", "front"), ("change", "end")), blank_rows=1, signatures="one"), [
            Fault("out_of_range", "29347", ("v", "15.1"), "185"),
            Fault("blank", "29365", ("v", "17.6")),
        ]),
    "847": ("Châu Thành - Phụ lục kết quả BTC xã NTM T6.2023.xlsx", 0.92, True, Habit(
        writer="xlsxwriter", sheet="Phụ lục I", before=("list", "capital"), body="board", title=4, period="line+asof",
        month_way=2, as_of_way=1, rows="gci", criterion="colon", indicator="dot full", stt_head="STT",
        name_head="Tên xã", marks="each", mark_head="Đánh giá TC #", column_numbers="letters", total="int",
        numbers=("percent format",), stray=0.04, stray_styles=("plain", "comma text"), stt="int",
        names=("Xã", "Xã tone"), sections="status", totals=("sum", "share"), rotate=True,
        extras=(("year", "front"), ("note", "end")), hidden_cols=1, not_applicable=0.15,
        notes=("Ghi chú:", "- Cột 13.4: xã không có làng nghề ghi “Không áp dụng”.")), []),
    "848": ("UBND huyện Cầu Ngang BC thang 6 nam 2023.xlsx", 0.9, False, Habit(
        writer="xlsxwriter", sheet="NTM", top=2, left=1, body="UBND", title=0, period="asof", as_of_way=3,
        rows="cni", criterion="about", indicator="name short", stt_head="Số TT", name_head="Xã",
        marks="block", words="Không đạt", total="int", total_head="Số tiêu chí đạt", total_first=True,
        numbers=("plain", "comma text"), stt="text", names=("NFD", "nbsp", "Xã"), totals=("met",), hidden_rows=1,
        blank_cols=1, blank_rows=1, after=("empty",), attached=True), [
            Fault("missing", "29446"),
            Fault("ambiguous_mark", "29434", ("m", 9), "CĐ"),
            Fault("wrong_total", "29455", ("total",)),
        ]),
    "849": ("BC NTM T6 - Trà Cú.xlsx", 0.85, False, Habit(
        writer="openpyxl", libreoffice=True, sheet="Biểu 03", top=8, left=3, body="full", title=0, period="line",
        month_way=0, attached=True, rows="sci", criterion="word", indicator="break", stt_head="Stt",
        name_head="Tên xã", marks="each", mark_head="Đạt/\nChưa đạt", total="fraction", column_numbers="plain",
        numbers=("comma text", "plain", "fixed"), stray=0.05, stray_styles=("dot text", "percent text"),
        stt="in name", names=("CAPS", "bare", "XÃ CAPS"), totals=("sum",), blank_cols=1,
        extras=(("note", "end"),), mark_noise=0.03, not_due=0.1,
        notes=("Ghi chú: các chỉ tiêu chưa có số liệu mới lấy theo kỳ trước.",)), [
            Fault("value_against_mark", "29503", ("v", "10"), "43,2"),
            Fault("foreign", "29521"),
            Fault("garbage", "29476", ("v", "17.4"), "#"),
            Fault("blank", "29485", ("m", 12)),
        ]),
    "850": ("Duyên Hải (huyện) - NTM tháng 06 năm 2023.xlsx", 0.9, True, Habit(
        writer="openpyxl", libreoffice=True, sheet="Biểu tổng hợp", body="UBND", title=5, period="line", month_way=6,
        rows="cir", criterion="dot", indicator="short", stt_head="TT", name_head="Huyện/xã", marks="",
        total="text", total_head="Tổng số tiêu chí đạt chuẩn", numbers=("plain", "percent format"), stt="dot",
        names=("eth", "Xã"), sections="district", totals=("average",), hidden_rows=1,
        extras=(("population", "front"), ("previous", "end")), signatures="two"), [
            Fault("wrong_total", "29533", ("total",)),
        ]),
    "851": ("TX Duyên Hải  bieu NTM T6-2023 .xlsx", 0.95, False, Habit(
        writer="xlsxwriter", sheet="Sheet1", before=("note",), body="office", title=1, period="title", rows="ci",
        criterion="number", indicator="number", numbers_as_numbers=True, stt_head="TT", name_head="Đơn vị",
        marks="each", mark_head="Kết quả", mark_first=True, mark_bool_singles=True, words="ĐẠT", total="int",
        total_head="TỔNG SỐ TC ĐẠT", numbers=("plain", "dot text"), stt="int", names=("XÃ CAPS",), merged_name=True,
        totals=("sum",), extras=(("group", "front"),), blank_rows=1, font="Calibri"), []),
}

HEADS = {
    "truth.csv": ["file", "sheet", "cell", "unit_code", "field", "value", "mark", "empty"],
    "faults.csv": ["file", "sheet", "cell", "what", "rule_kind", "unit_code", "field"],
}


def make(code, out, libreoffice=True):
    """Writes one workbook and returns its name, truth and faults."""
    offices = ntm.offices()
    office = offices[code]
    name, level, culture, habit, faults = SAMPLES[code]
    rng = random.Random(f"{code} {YEAR}-{MONTH:02d}")
    communes = [ntm.commune_results(rng, c, n, REGION, YEAR, level, 0.25, culture) for c, n in office.communes]
    foreign = None
    for f in faults:
        if f.kind == "foreign":
            c, n = next(k for o in offices.values() for k in o.communes if k[0] == f.unit)
            foreign = ntm.commune_results(rng, c, n, REGION, YEAR, level, 0.25, culture)
        elif f.kind == "value_against_mark":
            c = next(k for k in communes if k.code == f.unit)
            c.status[int(f.key[1])] = ntm.MET
        elif f.kind == "ambiguous_mark":
            # the total is sound either way: the criterion is not met
            c = next(k for k in communes if k.code == f.unit)
            if c.status[f.key[1]] == ntm.MET:
                c.status[f.key[1]] = ntm.NOT_MET
                c.result["9.1"] = ntm.Decimal(6)
    form = build(office, YEAR, MONTH, communes, habit, rng, faults, foreign)
    path = os.path.join(out, name)
    write = books.write_openpyxl if habit.writer == "openpyxl" else books.write_xlsxwriter
    write(path, form.grids, habit.font)
    if habit.libreoffice and libreoffice:
        books.through_libreoffice(path)
    for row in form.truth + form.faults:
        row["file"] = name
    return name, form.truth, form.faults


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("--out", default=HERE, help="folder to write to (default: beside this script)")
    args.add_argument("--no-libreoffice", action="store_true", help="skip the passes through LibreOffice")
    args = args.parse_args()
    os.makedirs(args.out, exist_ok=True)
    tables = {"truth.csv": [], "faults.csv": []}
    for code in SAMPLES:
        name, truth, faults = make(code, args.out, not args.no_libreoffice)
        tables["truth.csv"] += truth
        tables["faults.csv"] += faults
        print(f"{code}  {len(truth):5d} cells  {len(faults)} faults  {name}")
    for table, rows in tables.items():
        with open(os.path.join(args.out, table), "w", encoding="utf-8", newline="") as f:
            w = csv.DictWriter(f, HEADS[table], lineterminator="\n")
            w.writeheader()
            w.writerows(rows)


if __name__ == "__main__":
    main()
