#!/usr/bin/python3
"""Lists what openpyxl reads in the workbooks of the folder given, in *.expect.

One line a cell: address, kind, value as JSON, formula, d and p for the formats
of dates and percents, font: that of the runs if all have one, else the cell's.
"""
import datetime, glob, json, os, sys, zipfile
import xml.etree.ElementTree as ET
import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel


def number(v):
    return "%.12g" % v


def text(v):
    return json.dumps(str(v).replace("\r\n", "\n").replace("\r", "\n"), ensure_ascii=False)


def value(cell, epoch):
    v = cell.value
    if v is None:
        return "blank", '""'
    if isinstance(v, bool):
        return "bool", json.dumps(str(v).upper())
    if isinstance(v, (int, float)):
        return "number", json.dumps(number(v))
    if isinstance(v, (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)):
        return "number", json.dumps(number(to_excel(v, epoch)))
    return ("error" if cell.data_type == "e" else "text"), text(v)


def one_font(si):
    """The font of all runs, "" if they have none or several."""
    names = set()
    for r in si:
        t = "".join(e.text or "" for e in r.iter(MAIN + "t")) if r.tag == MAIN + "r" else (r.text or "") if r.tag == MAIN + "t" else ""
        if t.strip():
            names.add(next((f.get("val") for f in r.iter(MAIN + "rFont")), ""))
    return names.pop() if len(names) == 1 else ""


def run_fonts(name, i):
    """The fonts of the runs of sheet i by address: openpyxl does not tell."""
    z = zipfile.ZipFile(name)
    try:
        table = [one_font(si) for si in ET.fromstring(z.read("xl/sharedStrings.xml"))]
    except KeyError:
        table = []
    fonts = {}
    for c in ET.fromstring(z.read("xl/worksheets/sheet%d.xml" % (i + 1))).iter(MAIN + "c"):
        if c.get("t") == "s":
            fonts[c.get("r")] = table[int(c.find(MAIN + "v").text)]
        elif c.find(MAIN + "is") is not None:
            fonts[c.get("r")] = one_font(c.find(MAIN + "is"))
    return fonts


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def listing(name):
    out = []
    values, forms = openpyxl.load_workbook(name, data_only=True), openpyxl.load_workbook(name)
    out.append("1904 " + str(forms.epoch == openpyxl.utils.datetime.CALENDAR_MAC_1904).lower())
    for i, ws in enumerate(forms.worksheets):
        fonts = run_fonts(name, i)
        out.append("sheet %s%s" % (json.dumps(ws.title, ensure_ascii=False), "" if ws.sheet_state == "visible" else " hidden"))
        for row, vrow in zip(ws.iter_rows(), values[ws.title].iter_rows()):
            for f, v in zip(row, vrow):
                kind, content = value(v, values.epoch)
                form = f.value if f.data_type == "f" else ""
                if kind == "blank" and not form:
                    continue
                marks = ("d" if f.is_date or v.is_date else "") + ("p" if "%" in f.number_format else "")
                out.append("\t".join((f.coordinate, kind, content, form, marks, fonts.get(f.coordinate) or f.font.name or "")))
        out.append("merged " + " ".join(sorted(str(m) for m in ws.merged_cells.ranges)))
        out.append("hidden rows " + " ".join(str(i) for i in sorted(ws.row_dimensions) if ws.row_dimensions[i].hidden))
        cols = set()
        for d in ws.column_dimensions.values():
            if d.hidden:
                cols.update(range(d.min, d.max + 1))
        out.append("hidden columns " + " ".join(get_column_letter(c) for c in sorted(cols)))
    return "\n".join(line.rstrip() for line in out) + "\n"


for name in sorted(glob.glob(os.path.join(sys.argv[1], "*.xlsx"))):
    base = os.path.basename(name)
    if base.startswith(("sheetjs", "exceljs", "openpyxl-", "xlsxwriter-", "libreoffice-")):
        with open(name[:-5] + ".expect", "w", encoding="utf-8") as f:
            f.write(listing(name))
