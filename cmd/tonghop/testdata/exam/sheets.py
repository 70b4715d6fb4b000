"""A workbook as cells, and four libraries that write it: openpyxl, xlsxwriter,
xlwt (.xls) and odfpy (.ods). What a library cannot write it must not be given:
openpyxl and xlwt keep no result beside a formula."""

import datetime
import re
from dataclasses import dataclass, field

KEEPS_RESULTS = {"xlsxwriter", "odf"}
SUFFIX = {"openpyxl": ".xlsx", "xlsxwriter": ".xlsx", "xlwt": ".xls", "odf": ".ods"}
ERRORS = ("#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?")


def letters(col):
    out = ""
    while col:
        col, r = divmod(col - 1, 26)
        out = chr(65 + r) + out
    return out


def a1(row, col):
    return f"{letters(col)}{row}"


@dataclass
class Cell:
    value: object = None
    format: str = "General"
    formula: str = ""  # without "="; the value is then its result
    lost: bool = False  # a formula whose result is not stored
    font: str = ""
    bold: bool = False
    turned: bool = False


@dataclass
class Sheet:
    name: str
    cells: dict = field(default_factory=dict)  # (row, col) -> Cell, from 1
    merges: list = field(default_factory=list)  # (top, left, bottom, right)
    hidden_rows: set = field(default_factory=set)
    hidden_cols: set = field(default_factory=set)
    hidden: bool = False
    font: str = "Times New Roman"
    widths: dict = field(default_factory=dict)

    def put(self, row, col, value=None, **how):
        self.cells[row, col] = Cell(value, **how)
        return a1(row, col)

    def merge(self, top, left, bottom, right):
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))

    def texts(self):
        return [c for c in self.cells.values() if isinstance(c.value, str)]


def write(path, writer, sheets):
    {"openpyxl": _openpyxl, "xlsxwriter": _xlsxwriter, "xlwt": _xlwt, "odf": _odf}[writer](path, sheets)


def _openpyxl(path, sheets):
    import openpyxl
    from openpyxl.styles import Alignment, Font
    book = openpyxl.Workbook()
    book.remove(book.active)
    for s in sheets:
        w = book.create_sheet(s.name)
        for (row, col), c in sorted(s.cells.items()):
            cell = w.cell(row, col)
            cell.value = "=" + c.formula if c.lost else c.value
            if isinstance(c.value, str) and not c.lost:
                cell.data_type = "e" if c.value in ERRORS else "s"
            cell.number_format = c.format
            cell.font = Font(name=c.font or s.font, bold=c.bold)
            cell.alignment = Alignment(wrap_text=True, textRotation=90 if c.turned else 0)
        for t, l, b, r in s.merges:
            w.merge_cells(start_row=t, start_column=l, end_row=b, end_column=r)
        for r in s.hidden_rows:
            w.row_dimensions[r].hidden = True
        for c in s.hidden_cols:
            w.column_dimensions[letters(c)].hidden = True
        for c, width in s.widths.items():
            w.column_dimensions[letters(c)].width = width
        w.sheet_state = "hidden" if s.hidden else "visible"
    book.save(path)


def _xlsxwriter(path, sheets):
    import xlsxwriter
    book = xlsxwriter.Workbook(path)
    formats = {}
    for s in sheets:
        w = book.add_worksheet(s.name)
        for (row, col), c in sorted(s.cells.items()):
            key = (c.format, c.font or s.font, c.bold, c.turned)
            if key not in formats:
                formats[key] = book.add_format({"num_format": c.format, "font_name": key[1], "bold": c.bold,
                                                "text_wrap": True, "rotation": 90 if c.turned else 0})
            at, f = (row - 1, col - 1), formats[key]
            if c.lost:
                w.write_formula(*at, "=" + c.formula, f, "")
            elif c.formula or c.value in ERRORS:
                w.write_formula(*at, "=" + (c.formula or "1/0"), f, c.value)
            elif c.value is None:
                w.write_blank(*at, None, f)
            elif isinstance(c.value, str):
                w.write_string(*at, c.value, f)
            elif isinstance(c.value, datetime.date):
                w.write_datetime(*at, datetime.datetime(c.value.year, c.value.month, c.value.day), f)
            else:
                w.write(*at, c.value, f)
        for t, l, b, r in s.merges:
            # merge_range would write the cell again; the raw list is what it keeps
            w.merge.append([t - 1, l - 1, b - 1, r - 1])
        for r in s.hidden_rows:
            w.set_row(r - 1, None, None, {"hidden": True})
        for c, width in s.widths.items():
            w.set_column(c - 1, c - 1, width)
        for c in s.hidden_cols:
            w.set_column(c - 1, c - 1, None, None, {"hidden": True})
        if s.hidden:
            w.hide()
    visible = next(i for i, s in enumerate(sheets) if not s.hidden)
    book.worksheets()[visible].activate()
    book.worksheets()[visible].set_first_sheet()
    book.close()


def _xlwt(path, sheets):
    import xlwt
    book = xlwt.Workbook()
    styles = {}
    for s in sheets:
        w = book.add_sheet(s.name)
        merged = {(t, l): (b, r) for t, l, b, r in s.merges}
        covered = {(r, c) for t, l, b, q in s.merges for r in range(t, b + 1) for c in range(l, q + 1)} - set(merged)
        for (row, col), c in sorted(s.cells.items()):
            if (row, col) in covered:
                continue
            key = (c.format, c.font or s.font, c.bold)
            if key not in styles:
                style = xlwt.XFStyle()
                style.num_format_str = c.format
                style.font.name, style.font.bold = key[1], c.bold
                styles[key] = style
            value = xlwt.Formula(c.formula) if c.lost else c.value
            if (row, col) in merged:
                b, r = merged[row, col]
                w.write_merge(row - 1, b - 1, col - 1, r - 1, value, styles[key])
            elif c.value in ERRORS:
                w.row(row - 1).set_cell_error(col - 1, {"#N/A": 42}.get(c.value, c.value), styles[key])
            else:
                w.write(row - 1, col - 1, value, styles[key])
        for r in s.hidden_rows:
            w.row(r - 1).hidden = True
        for c in s.hidden_cols:
            w.col(c - 1).hidden = True
        if s.hidden:
            w.visibility = 1
    book.set_active_sheet(next(i for i, s in enumerate(sheets) if not s.hidden))
    book.save(path)


def _odf(path, sheets):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.style import FontFace, Style, TableColumnProperties, TableProperties, TextProperties
    from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
    from odf.text import P
    book = OpenDocumentSpreadsheet()
    fonts = {}

    def font(name):
        if name not in fonts:
            fonts[name] = Style(name=f"f{len(fonts)}", family="table-cell")
            fonts[name].addElement(TextProperties(fontname=name, fontfamily=name))
            book.fontfacedecls.addElement(FontFace(name=name, fontfamily=name))
            book.automaticstyles.addElement(fonts[name])
        return fonts[name]

    unseen = Style(name="unseen", family="table")
    unseen.addElement(TableProperties(display="false"))
    wide = Style(name="wide", family="table-column")
    wide.addElement(TableColumnProperties(columnwidth="2cm"))
    book.automaticstyles.addElement(unseen)
    book.automaticstyles.addElement(wide)
    for s in sheets:
        t = Table(name=s.name, **({"stylename": unseen} if s.hidden else {}))
        merged = {(top, l): (b - top + 1, r - l + 1) for top, l, b, r in s.merges}
        covered = {(r, c) for top, l, b, q in s.merges for r in range(top, b + 1) for c in range(l, q + 1)} - set(merged)
        rows = max([r for r, _ in s.cells] or [1])
        cols = max([c for _, c in s.cells] or [1])
        for c in range(1, cols + 1):
            t.addElement(TableColumn(stylename=wide, **({"visibility": "collapse"} if c in s.hidden_cols else {})))
        for r in range(1, rows + 1):
            line = TableRow(**({"visibility": "collapse"} if r in s.hidden_rows else {}))
            for c in range(1, cols + 1):
                if (r, c) in covered:
                    line.addElement(CoveredTableCell())
                    continue
                line.addElement(_odf_cell(s.cells.get((r, c)), merged.get((r, c)), font, s, TableCell, P))
            t.addElement(line)
        book.spreadsheet.addElement(t)
    book.save(path)


def _odf_cell(c, span, font, s, TableCell, P):
    if c is None:
        return TableCell()
    how = {"stylename": font(c.font or s.font)}
    if span:
        how["numberrowsspanned"], how["numbercolumnsspanned"] = span
    if c.formula:
        how["formula"] = "of:=" + re.sub(r"\b([A-Z]{1,3}\d+)(:)?([A-Z]{1,3}\d+)?", lambda m: f"[.{m[1]}{':.' + m[3] if m[3] else ''}]", c.formula).replace(",", ";")
    v, shown = c.value, None
    if c.lost or v is None:
        pass
    elif v in ERRORS:
        how.update(valuetype="string", stringvalue="", formula=how.get("formula", "of:=1/0"))
        shown = v
    elif isinstance(v, bool):
        how.update(valuetype="boolean", booleanvalue=str(v).lower())
        shown = str(v).upper()
    elif isinstance(v, datetime.date):
        how.update(valuetype="date", datevalue=v.isoformat())
        shown = f"{v.day:02d}/{v.month:02d}"
    elif isinstance(v, (int, float)):
        share = c.format.endswith("%")
        how.update(valuetype="percentage" if share else "float", value=repr(v))
        shown = (f"{v * 100:.10g}%" if share else f"{v:.10g}").replace(".", ",")
    else:
        how["valuetype"] = "string"
        shown = v
    cell = TableCell(**how)
    for line in (shown or "").split("\n") if shown is not None else []:
        cell.addElement(P(text=line))
    return cell
