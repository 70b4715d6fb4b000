"""A neutral grid of cells, and its writing by openpyxl or xlsxwriter.

Both writers draw the same grid; what differs is how each library stores
strings, numbers, styles and formulas, which is what readers trip over.
"""

import datetime
import os
import re
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass, field

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

FIXED = datetime.datetime(2023, 7, 5, 8, 0, 0)


def a1(row, col):
    return f"{get_column_letter(col)}{row}"


@dataclass
class Item:
    value: object = None    # None: an empty cell that has only borders
    style: str = "cell"
    numfmt: str = "General"
    formula: str = ""       # without "="; value is then what it yields


@dataclass
class Grid:
    name: str
    cells: dict = field(default_factory=dict)   # (row, col) -> Item
    merges: list = field(default_factory=list)  # (top, left, bottom, right)
    hidden_rows: set = field(default_factory=set)
    hidden_cols: set = field(default_factory=set)
    widths: dict = field(default_factory=dict)
    heights: dict = field(default_factory=dict)
    hidden: bool = False
    freeze: tuple = ()
    landscape: bool = True

    def put(self, row, col, value, style="cell", numfmt="General", formula=""):
        self.cells[(row, col)] = Item(value, style, numfmt, formula)

    def merge(self, top, left, bottom, right):
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))


# bold, italic, horizontal, wrap, border, rotation, size, fill
STYLES = {
    "plain": (False, False, None, False, False, 0, 12, None),
    "bold": (True, False, None, False, False, 0, 12, None),
    "title": (True, False, "center", True, False, 0, 14, None),
    "center": (True, False, "center", True, False, 0, 12, None),
    "italic": (False, True, "center", False, False, 0, 12, None),
    "right": (False, True, "right", False, False, 0, 12, None),
    "head": (True, False, "center", True, True, 0, 10, "D9E1F2"),
    "plainhead": (True, False, "center", True, True, 0, 11, None),
    "rothead": (True, False, "center", True, True, 90, 10, None),
    "colnum": (False, True, "center", False, True, 0, 9, None),
    "cell": (False, False, "center", False, True, 0, 11, None),
    "name": (False, False, "left", False, True, 0, 11, None),
    "sum": (True, False, "center", False, True, 0, 11, "F2F2F2"),
    "sumname": (True, False, "left", False, True, 0, 11, "F2F2F2"),
}


def write_openpyxl(path, grids, font="Times New Roman"):
    wb = openpyxl.Workbook()
    wb.remove(wb.active)
    made = {}
    thin = Side(style="thin")
    for g in grids:
        ws = wb.create_sheet(g.name)
        if g.hidden:
            ws.sheet_state = "hidden"
        for (r, c), it in sorted(g.cells.items()):
            cell = ws.cell(row=r, column=c)
            cell.value = "=" + it.formula if it.formula else it.value
            if it.style not in made:
                bold, ital, hor, wrap, border, rot, size, fill = STYLES[it.style]
                made[it.style] = (
                    Font(name=font, size=size, bold=bold, italic=ital),
                    Alignment(horizontal=hor, vertical="center", wrap_text=wrap, text_rotation=rot),
                    Border(left=thin, right=thin, top=thin, bottom=thin) if border else None,
                    PatternFill("solid", fgColor=fill) if fill else None)
            f, a, b, p = made[it.style]
            cell.font, cell.alignment = f, a
            if b:
                cell.border = b
            if p:
                cell.fill = p
            if it.numfmt != "General":
                cell.number_format = it.numfmt
        for t, l, b, r in g.merges:
            ws.merge_cells(start_row=t, start_column=l, end_row=b, end_column=r)
        for r in g.hidden_rows:
            ws.row_dimensions[r].hidden = True
        for r, h in g.heights.items():
            ws.row_dimensions[r].height = h
        for c, w in g.widths.items():
            ws.column_dimensions[get_column_letter(c)].width = w
        for c in g.hidden_cols:
            ws.column_dimensions[get_column_letter(c)].hidden = True
        if g.freeze:
            ws.freeze_panes = a1(*g.freeze)
        ws.page_setup.orientation = "landscape" if g.landscape else "portrait"
    wb.active = next(i for i, g in enumerate(grids) if not g.hidden)
    wb.save(path)
    steady(path)


def write_xlsxwriter(path, grids, font="Times New Roman"):
    wb = xlsxwriter.Workbook(path)
    wb.set_properties({"created": FIXED})
    made = {}

    def fmt(style, numfmt):
        if (style, numfmt) not in made:
            bold, ital, hor, wrap, border, rot, size, fill = STYLES[style]
            p = {"font_name": font, "font_size": size, "bold": bold, "italic": ital, "valign": "vcenter"}
            if hor:
                p["align"] = hor
            if wrap:
                p["text_wrap"] = True
            if border:
                p["border"] = 1
            if rot:
                p["rotation"] = rot
            if fill:
                p["bg_color"] = "#" + fill
            if numfmt != "General":
                p["num_format"] = numfmt
            made[(style, numfmt)] = wb.add_format(p)
        return made[(style, numfmt)]

    first = next(g for g in grids if not g.hidden)
    for g in grids:
        ws = wb.add_worksheet(g.name)
        if g.hidden:
            ws.hide()
        if g is first:
            ws.activate()
            ws.set_first_sheet()
        for c in sorted(set(g.widths) | g.hidden_cols):
            ws.set_column(c - 1, c - 1, g.widths.get(c, 9), None, {"hidden": 1} if c in g.hidden_cols else {})
        for r in sorted(g.hidden_rows | set(g.heights)):
            ws.set_row(r - 1, g.heights.get(r), None, {"hidden": 1} if r in g.hidden_rows else {})
        for t, l, b, r in g.merges:
            it = g.cells.get((t, l), Item())
            ws.merge_range(t - 1, l - 1, b - 1, r - 1, "", fmt(it.style, it.numfmt))
        inside = {(r, c) for t, l, b, rr in g.merges for r in range(t, b + 1) for c in range(l, rr + 1)
                  if (r, c) != (t, l)}
        for (r, c), it in sorted(g.cells.items()):
            if (r, c) in inside:
                continue
            f = fmt(it.style, it.numfmt)
            if it.formula:
                ws.write_formula(r - 1, c - 1, "=" + it.formula, f, it.value)
            elif it.value is None:
                ws.write_blank(r - 1, c - 1, None, f)
            elif isinstance(it.value, str):
                ws.write_string(r - 1, c - 1, it.value, f)
            else:
                ws.write_number(r - 1, c - 1, it.value, f)
        if g.freeze:
            ws.freeze_panes(g.freeze[0] - 1, g.freeze[1] - 1)
        if g.landscape:
            ws.set_landscape()
        ws.set_paper(8)
    wb.close()
    steady(path)


def through_libreoffice(path):
    """Opens the workbook in LibreOffice, recalculates it and saves it as xlsx."""
    with tempfile.TemporaryDirectory() as tmp:
        src = os.path.join(tmp, "in.xlsx")
        os.replace(path, src)
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{tmp}/profile",
             "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", os.path.join(tmp, "out"), src],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
        with open(os.path.join(tmp, "out", "in.xlsx"), "rb") as f, open(path, "wb") as g:
            g.write(f.read())
    steady(path)


def steady(path):
    """Rewrites the zip with one fixed time, so that the same content gives the same bytes."""
    stamp = FIXED.strftime("%Y-%m-%dT%H:%M:%SZ")
    with zipfile.ZipFile(path) as z:
        parts = [(i.filename, z.read(i)) for i in z.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        for name, data in parts:
            if name == "docProps/core.xml":
                text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", stamp, data.decode("utf-8"))
                data = text.encode("utf-8")
            info = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, data)
