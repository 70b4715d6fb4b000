#!/usr/bin/python3
"""Makes the spreadsheets in this folder with programs that are not ours.

Needs openpyxl, xlsxwriter, python3-odf and soffice; run it in this folder.
Every name.ods has LibreOffice's own conversion name.ods.xlsx beside it: what
the differential test reads with the xlsx reader. sample-*.ods are the nine
districts' workbooks of cmd/tonghop/samples, saved as ODS; xlsx-*.ods the
workbooks of ingest/format/xlsx/testdata.
"""
import datetime, glob, os, shutil, subprocess, tempfile
import openpyxl
from openpyxl.styles import Font, PatternFill
import xlsxwriter
from odf import number, style, table, text
from odf.namespaces import TABLENS
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet

FILTERS = {"ods": "ods:calc8", "xlsx": "xlsx:Calc MS Excel 2007 XML", "ots": "ots:calc8_template", "fods": "fods:OpenDocument Spreadsheet Flat XML"}


def convert(names, to, out):
    subprocess.run(["soffice", "--headless", "--convert-to", FILTERS[to], "--outdir", out] + names, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def types(tmp):
    """What cells may hold."""
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "Biểu 03"
    rows = [
        ["UBND HUYỆN TRÀ CÚ", " đầu và cuối ", "hai  khoảng   trắng", "dòng 1\ndòng 2\n\ndòng 4", "tab\tở giữa", "x" * 3000],
        [0, 1, -1, 43.2, 1 / 3, 1e20, 1e-10, 123456789012345],
        [True, False, "=2>1", "=1/0", "=NA()", "=NOSUCH(1)", '=VALUE("x")', "=SQRT(-1)", "=#REF!+1"],
        ["=B2+D2", '="chữ "&B2', '=""', '=IF(B2=1,"có","không")', "=SUM(A2:D2)", "=DATE(2023,6,30)", "=TIME(12,30,0)", '="a"&CHAR(10)&"b"'],
        [datetime.datetime(2023, 6, 30, 14, 5, 7), datetime.date(2023, 6, 30), datetime.time(7, 30), datetime.timedelta(hours=36, minutes=5), datetime.date(1900, 3, 1), datetime.date(9999, 12, 31)],
        ["'12", "=A1", "#N/A", "007", "1.5", "TRUE"],
    ]
    for r in rows:
        ws.append(r)
    for i, (v, f) in enumerate([(0.456, "0.0%"), (1234567.5, "#,##0.00"), (-5, '#,##0;[Red]-#,##0;"-"'), (12, '0" triệu"'), (45107, 'dd" tháng "mm" năm "yyyy'),
                                (1500000, '#,##0\\ "₫"'), (7, "00000"), (0.75, "# ?/?"), (12345, "0.00E+00"), ("Đạt", '@" (xã)"'), (45107.5, "[h]:mm"), (1.5, "General"),
                                (-1, "0;(0)"), (1234, "#,##0,"), (45107, "mmm-yy"), (45107, "dddd d mmmm yyyy"), (0.5, "h:mm AM/PM"), (3, '[>=2]"nhiều";"ít"')], 1):
        c = ws.cell(8, i, v)
        c.number_format = f
    for i, name in enumerate([".VnTime", "VNI-Times", "Times New Roman", "Arial Narrow", ".VnArialH"], 1):
        c = ws.cell(9, i, "Tªn x· %d" % i)
        c.font = Font(name=name)
    wb.save(os.path.join(tmp, "types.xlsx"))


def layout(tmp):
    """What stands around cells."""
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "Bố cục"
    ws.merge_cells("A1:F1")
    ws["A1"] = "gộp ngang"
    ws.merge_cells("A2:A4")
    ws["A2"] = "gộp dọc"
    ws.merge_cells("B2:D4")
    ws["B2"] = 12
    ws["C3"].fill = PatternFill("solid", fgColor="FFFF00")
    for r in range(6, 60):  # rows all alike are written once
        for c in range(1, 30):
            ws.cell(r, c, 5)
    for r in range(20, 25):
        ws.row_dimensions[r].hidden = True
    for r in range(40, 45):
        ws.row_dimensions[r].outlineLevel = 1
    ws.column_dimensions["C"].hidden = True
    ws.column_dimensions["H"].hidden = True
    ws.column_dimensions["M"].font = Font(name=".VnTime")
    ws["M70"] = "phông của ô"
    ws["XFD1048576"] = "cuối"
    ws.auto_filter.ref = "A5:F59"
    for c in range(1, 200):
        ws.cell(80, c).fill = PatternFill("solid", fgColor="FF0000")
    hidden = wb.create_sheet("Ẩn & 'khác' 1")
    hidden.sheet_state = "hidden"
    hidden["B2"] = "=SUM('Bố cục'!A6:B7)"
    hidden["B3"] = "='Bố cục'!$M$70"
    wb.create_sheet("Trống")
    tail = wb.create_sheet("Đuôi")
    tail["A1"] = 1
    tail.column_dimensions.group("D", "XFD", hidden=True)
    wb.save(os.path.join(tmp, "layout.xlsx"))


def rich(tmp):
    """Runs of text with fonts, links, notes, array formulas, dates from 1904."""
    wb = xlsxwriter.Workbook(os.path.join(tmp, "rich.xlsx"))
    ws = wb.add_worksheet("Định dạng")
    abc, bold = wb.add_format({"font_name": ".VnTime"}), wb.add_format({"bold": 1})
    ws.write_rich_string("A1", abc, "Tªn x· ", bold, "tổng hợp")
    ws.write_rich_string("A2", abc, "mét", abc, " hai")
    ws.write_rich_string("A3", "đầu ", bold, "đậm", " cuối\ndòng 2")
    ws.write_url("A4", "https://example.org/?a=1&b=2", None, "liên kết")
    ws.write_string("A5", "có chú thích")
    ws.write_comment("A5", "chú thích không phải là nội dung")
    ws.write_comment("A6", "chú thích của ô trống")
    ws.write_array_formula("C1:D2", "{=A10:B11*2}", None, 18)
    for r in range(9, 11):
        ws.write_row(r, 0, [r, r * 2])
    ws.write_formula("C4", '=SUMPRODUCT({1,2;3,4})', None, 10)
    ws.write_formula("C5", '=COUNTIF(A1:A5,"*;*")&"a;b""c|d"', None, '0a;b"c|d')
    ws.write_formula("C6", "=SUM(A:A)+SUM($10:$11)", None, 76)
    ws.write_formula("C7", "=INDEX((A10:B10,A11:B11),1,1,2)", None, 10)
    ws.write_formula("C8", "=_xlfn.CONCAT(A4,\"x\")", None, "liên kếtx")
    ws.write_formula("C9", "=SUM(A10:B11 B10:C12)", None, 38)
    ws.write_formula("C10", "=tong+1", None, 10)
    wb.define_name("tong", "='Định dạng'!$A$10")
    ws.write_formula("C11", "=SUM('Định dạng:Hai'!A10)", None, 109)
    wb.add_worksheet("Hai").write("A10", 100)
    wb.close()
    wb = xlsxwriter.Workbook(os.path.join(tmp, "from1904.xlsx"), {"date_1904": True})
    ws = wb.add_worksheet()
    day = wb.add_format({"num_format": "dd/mm/yyyy"})
    ws.write(0, 0, datetime.date(2023, 6, 30), day)
    ws.write(1, 0, datetime.datetime(1904, 1, 2, 6, 0), wb.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
    ws.write(2, 0, 45000)
    wb.close()


def by_odfpy():
    """Few styles, no fonts, values without what they show, formulas without values."""
    doc = OpenDocumentSpreadsheet()
    pct = number.PercentageStyle(name="N9")
    pct.addElement(number.Number(decimalplaces="1", minintegerdigits="1"))
    pct.addElement(number.Text(text="%"))
    doc.automaticstyles.addElement(pct)
    ce = style.Style(name="ce1", family="table-cell", datastylename="N9")
    ce.addElement(style.TextProperties(fontfamily="'VNI-Times', serif"))
    doc.automaticstyles.addElement(ce)
    off = style.Style(name="ta2", family="table")
    off.addElement(style.TableProperties(display="false"))
    doc.automaticstyles.addElement(off)
    t = table.Table(name="Bảng")
    t.addElement(table.TableColumn(numbercolumnsrepeated=3, defaultcellstylename="ce1"))
    t.addElement(table.TableColumn(visibility="collapse"))

    def row(*cells, **kw):
        tr = table.TableRow(**kw)
        for c in cells:
            tr.addElement(c)
        t.addElement(tr)

    def cell(txt=None, **kw):
        c = table.TableCell(**kw)
        if txt is not None:
            c.addElement(text.P(text=txt))
        return c

    row(cell("chữ", valuetype="string"), cell(valuetype="float", value="0.125"), cell(valuetype="percentage", value="0.5"), cell("ẩn"))
    row(cell(valuetype="date", datevalue="2023-06-30"), cell(valuetype="time", timevalue="PT12H30M00S"), cell(valuetype="boolean", booleanvalue="true"), cell(valuetype="currency", value="12", currency="VND"))
    row(cell(formula="of:=SUM([.A1:.B2])"), cell(formula="of:=[.B1]*2", valuetype="float", value="0.25"))
    note = cell("có ghi chú", valuetype="string")
    a = Annotation()
    a.addElement(text.P(text="ghi chú"))
    note.addElement(a)
    p = text.P()
    p.addText("hai")
    p.addElement(text.S(c=3))
    p.addText("dòng")
    p.addElement(text.Span(text=" nối"))
    two = table.TableCell(valuetype="string")
    two.addElement(p)
    two.addElement(text.P(text="sau"))
    row(note, two, numberrowsrepeated=2)
    row(cell("gộp", valuetype="string", numbercolumnsspanned=2, numberrowsspanned=2), table.CoveredTableCell(), cell(valuetype="float", value="3", numbercolumnsrepeated=4))
    row(table.CoveredTableCell(numbercolumnsrepeated=2))
    row(cell(numbercolumnsrepeated=16384), numberrowsrepeated=1048500)
    doc.spreadsheet.addElement(t)
    t = table.Table(name="Ẩn", stylename=off)
    row(cell(valuetype="float", value="1"))
    doc.spreadsheet.addElement(t)
    doc.save("odfpy.ods")


def encrypted(tmp):
    """A file with a password, by LibreOffice itself."""
    macro = os.path.join(tmp, "lock.py")
    with open(macro, "w") as f:
        f.write("""import subprocess, time, uno, sys
from com.sun.star.beans import PropertyValue
def prop(n, v):
    p = PropertyValue(); p.Name, p.Value = n, v
    return p
ctx = uno.getComponentContext()
r = ctx.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
for _ in range(60):
    try:
        c = r.resolve("uno:pipe,name=odsmake;urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.5)
d = c.ServiceManager.createInstance("com.sun.star.frame.Desktop")
doc = d.loadComponentFromURL("private:factory/scalc", "_blank", 0, (prop("Hidden", True),))
doc.Sheets.getByIndex(0).getCellByPosition(0, 0).String = "mật"
doc.storeToURL("file://" + sys.argv[1], (prop("FilterName", "calc8"), prop("Password", "bí mật")))
doc.close(True)
d.terminate()
""")
    office = subprocess.Popen(["soffice", "--headless", "--norestore", "--accept=pipe,name=odsmake;urp"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run(["/usr/bin/python3", macro, os.path.abspath("encrypted.ods")], check=True)
    office.wait()


def main():
    with tempfile.TemporaryDirectory() as tmp:
        types(tmp)
        layout(tmp)
        rich(tmp)
        by_odfpy()
        for prefix, folder in (("sample-", "../../../../cmd/tonghop/samples"), ("xlsx-", "../../xlsx/testdata")):
            for name in glob.glob(folder + "/*.xlsx"):
                shutil.copy(name, os.path.join(tmp, prefix + os.path.basename(name)))
        convert(glob.glob(tmp + "/*.xlsx"), "ods", ".")
        for to in ("ots", "fods"):
            convert([os.path.join(tmp, "types.xlsx")], to, ".")
        back = tempfile.mkdtemp(dir=tmp)
        convert(glob.glob("*.ods"), "xlsx", back)
        for name in glob.glob(back + "/*.xlsx"):
            shutil.copy(name, os.path.basename(name)[:-5] + ".ods.xlsx")
        encrypted(tmp)


main()
