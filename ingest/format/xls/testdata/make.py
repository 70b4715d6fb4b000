#!/usr/bin/python3
"""Makes the workbooks of this folder: xlwt and Spreadsheet::WriteExcel write
them, LibreOffice (soffice, 7.4) and Gnumeric save them as .xls. It needs
python3-xlsxwriter, python3-xlwt, libreoffice-calc, gnumeric and
libspreadsheet-writeexcel-perl of Debian. The tests need none of them.

  *.xls           what the reader reads
  oracle/*.xlsx   LibreOffice's own conversion of each
  samples/*.xls   the nine forms of cmd/tonghop/samples, saved by LibreOffice
"""
import datetime
import os
import pathlib
import subprocess
import tempfile

import xlsxwriter
import xlwt

HERE = pathlib.Path(__file__).resolve().parent
TEMP = pathlib.Path(tempfile.mkdtemp())


def convert(src, kind, to):
    to.mkdir(exist_ok=True)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{TEMP}/profile", "--headless", "--convert-to", kind, "--outdir", str(to), str(src)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def awkward(path, formulas_too=True, long_too=True, **options):
    """One of everything."""
    book = xlsxwriter.Workbook(str(path), options)
    plain = book.add_format({"font_name": "Times New Roman"})
    old = book.add_format({"font_name": ".VnTime"})
    vni = book.add_format({"font_name": "VNI-Times"})
    bold = book.add_format({"bold": True, "font_name": "Arial"})
    red = book.add_format({"font_color": "red", "font_name": "VNI-Times"})
    sheet = book.add_worksheet("Biểu 03")
    sheet.merge_range("A1:F1", "ỦY BAN NHÂN DÂN\nHUYỆN TRÀ CÚ", plain)
    sheet.merge_range("A2:A4", "STT", plain)
    sheet.merge_range("B2:C2", "Thủy lợi", plain)
    sheet.write_rich_string("B3", bold, "Đạt", " và ", red, "chưa đạt", plain)
    sheet.write_rich_string("C3", bold, "in ", red, "two fonts", plain)
    sheet.write("B4", "TØnh Trµ Vinh", old)
    sheet.write("C4", "Xaõ Ngoïc Bieân", vni)
    codes = ["0", "0.00", "#,##0", "#,##0.00", "0%", "0.00%", '#,##0.0" %"', "0.0##", "@", "0.00E+00", '#,##0;[Red](#,##0);"-"', "000"]
    numbers = [0, 1, -1, 12.5, 0.1 + 0.2, 43.2, 1.005, -0.004, 1234567.891, 1e-9, 1e15, 123456789012345, 536870911, -536870912, 536870912, 0.01, 5368709.11, 1 / 3, 2.0 ** 70, 6.02e23, -1e300]
    for i, n in enumerate(numbers):
        sheet.write_number(5 + i, 0, n)
        for j, c in enumerate(codes):
            sheet.write_number(5 + i, 1 + j, n, book.add_format({"num_format": c}))
    row = 30
    dates = ["dd/mm/yyyy", "d-mmm-yy", "mmm-yy", "h:mm", "dd/mm/yyyy hh:mm:ss", "[h]:mm", 14, 22]
    for i, serial in enumerate([1, 59, 60, 61, 45107, 45107.75, 0.5, 1.9999]):
        for j, c in enumerate(dates):
            sheet.write_number(row + i, j, serial, book.add_format({"num_format": c}))
    row = 40
    for i, text in enumerate(["", " ", " hai đầu ", "dòng 1\ndòng 2", "\tx", "<&>\"'", "_x000D_", "0012", "=1+1", "😀 vui", "e\u0301", "Ngh\u0129a", "a" * 255, "ă" * 255, "'"]):
        sheet.write_string(row + i, 0, text, plain)
        sheet.write_string(row + i, 1, text, book.add_format({"num_format": '"["@"]"'}))
    sheet.write_boolean("D41", True)
    sheet.write_boolean("D42", False)
    row = 60
    for i, (formula, value) in enumerate([
        ("SUM(A6:A9)", 12.5), ("A6&\"x\"", "0x"), ('""', ""), ('IF(A6>0,"có","")', ""), ("A7=1", True), ("A7=2", False), ("1/0", "#DIV/0!"),
        ("NA()", "#N/A"), ('"é"&"ữ"', "éữ"), ("A7/3", 1 / 3), ("A7*2", 2), (f'REPT("dài ",{3000 if long_too else 30})', ""), ("DATE(2023,6,30)", 45107),
    ]):
        sheet.write_formula(row + i, 0, formula, plain, value)
        sheet.write_formula(row + i, 1, formula, book.add_format({"num_format": "0.00%"}), value)
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.set_row(45, None, None, {"hidden": True})
    sheet.set_column("D:E", 12, None, {"hidden": True})
    sheet.set_column("IV:IV", 12, None, {"hidden": True})
    sheet.write("IV65536", "cuối")
    if formulas_too:
        formulas(book)
    if long_too:
        texts(book)
    hidden = book.add_worksheet("Ẩn")
    hidden.write("B2", "không thấy")
    hidden.hide()
    book.add_worksheet("Trống")
    if not long_too:
        book.close()
        return
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Biểu 03'!$A$6:$A$10"})
    book.add_chartsheet("Đồ thị").set_chart(chart)
    inside = book.add_chart({"type": "line"})
    inside.add_series({"values": "='Biểu 03'!$A$6:$A$10"})
    sheet.insert_chart("P5", inside)
    sheet.write_comment("A6", "ghi chú")
    after = book.add_worksheet("Sau cùng")
    after.write("A1", "sau đồ thị")
    book.close()


def formulas(book):
    sheet = book.add_worksheet("Công thức")
    book.define_name("Tổng", "='Biểu 03'!$A$6:$A$9")
    for i in range(6):
        sheet.write_number(i, 1, i + 1)
        sheet.write_number(i, 2, 10 * i)
    for i, f in enumerate([
        "B1+B2*C3", "(B1+B2)*C3", "B1-(B2-B3)", "B1-B2-B3", "-B1^2", "-(B1^2)", "2^-B1", "(2^3)^2", "2^(3^2)", "B1%", "(B1+B2)%", "-B1%",
        "B1&B2&\"a\"\"b\"", "B1<=B2", "(B1=B2)=FALSE", "B1<>B2", "SUM(B1:B3,C1:C3)", "SUM((B1:B3,C1:C3))", "SUM(B1:C3 C2:D4)", "SUM(B:B)", "SUM($B:C)", "SUM(1:1)", "SUM(B$1:$C3)",
        "IF(B1>0,\"có\",\"không\")", "IF(B1>0,,2)", "CHOOSE(B2,\"a\",\"b\",\"c\")", "ROUND(B1/3,2)", "VLOOKUP(B1,B1:C6,2,FALSE)", "COUNTIF(B1:B6,\">2\")", "SUMIF(B1:B6,\">2\",C1:C6)",
        "AND(B1>0,OR(B2>0,NOT(B3)))", "TODAY()>0", "PI()", "LOG10(100)", "ATAN2(1,1)", "SUMPRODUCT(B1:B3,C1:C3)", "INDEX(B1:C6,2,1)", "MATCH(3,B1:B6,0)", "LEFT(\"abc\",2)", "MID(\"abc\",2,1)", "TRIM(\" a \")",
        "CONCATENATE(\"a\",B1)", "SUBTOTAL(9,B1:B6)", "'Biểu 03'!A7*2", "SUM('Biểu 03'!A7:A9)", "SUM(Tổng)", "IFERROR(1/0,0)", "COUNTIFS(B1:B6,\">1\")", "SUM({1,2;3,4})", "ISERROR(#N/A)", "SUM(B1:INDEX(B1:B6,3))",
        "1.5E-7+B1", "0.1+0.2", "12345678.9", "TEXT(B1,\"0.00\")", "OFFSET(B1,1,0)", "MAX(B1:B6)-MIN(B1:B6)", "AVERAGE(B1:B6)", "YEAR(DATE(2023,6,30))", "ISBLANK(D1)", "TRUE", "B1=TRUE", "SUM(Trống!A1:A2)", "COUNTBLANK(D1:D3)", "EDATE(45000,1)",
    ]):
        sheet.write_formula(i, 5, f, None, 0)
    for i in range(6):
        sheet.write_formula(i, 7, f"B{i + 1}*C{i + 1}+$B$1", None, 0)
    sheet.write_array_formula("J1:J3", "{=B1:B3*C1:C3}", None, 0)


def texts(book):
    """More texts than one record of the table holds, some longer than one."""
    sheet = book.add_worksheet("Chuỗi")
    for i in range(1600):
        sheet.write_string(i, 0, f"ma so {i}")
        sheet.write_string(i, 1, f"xã số {i}")
    for i, text in enumerate(["x" * 9000, "ế" * 9000, "a" * 8000 + "ữ" * 8000, "y" * 32767, "Ố" * 32767]):
        sheet.write_string(i, 3, text)


def direct(path):
    """What xlwt writes itself."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Xã Ngọc Biên")
    for i, n in enumerate([0, 1, -1, 12.34, 0.1, 1 / 3, 1e300, 536870911, 536870912, -536870912, -536870913, 123456.78, 2.5]):
        sheet.write(i, 0, n)
        sheet.write(i, 1, n, xlwt.easyxf(num_format_str="0.00%"))
        sheet.write(i, 2, f"Chuỗi {i}", xlwt.easyxf("font: name .VnTime"))
    for i in range(40):
        sheet.row(20).set_cell_number(i, i / 4)
        sheet.row(21).set_cell_blank(i, xlwt.easyxf("font: bold on"))
    sheet.row(22).set_cell_mulblanks(0, 30, xlwt.easyxf("font: bold on"))
    for i, e in enumerate([0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A]):
        sheet.row(24).set_cell_error(i, e)
    sheet.row(25).set_cell_boolean(0, True)
    sheet.row(25).set_cell_boolean(1, False)
    sheet.write(26, 0, datetime.date(2023, 6, 30), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
    sheet.write(27, 0, xlwt.Formula("SUM(A1:A3)*2"))
    sheet.write(27, 1, xlwt.Formula('IF(A1>0;"a";"b")&"c"'))
    sheet.write(28, 0, "")
    sheet.write_rich_text(29, 0, [("Đạt ", xlwt.easyfont("bold on")), "chưa"])
    sheet.write_merge(30, 32, 0, 4, "gộp")
    sheet.row(33).hidden = True
    sheet.write(33, 0, "dòng ẩn")
    sheet.col(6).hidden = True
    other = book.add_sheet("Ẩn")
    other.visibility = 1
    other.write(0, 0, "x" * 20000 + "ỹ")
    for i in range(500):
        other.write(i, 1, f"nhãn dài để tràn bảng {i}")
    very = book.add_sheet("Ẩn kỹ")
    very.visibility = 2
    very.write(2, 2, 7)
    book.save(str(path))


def excel95(path, name):
    """What Excel 95 can hold; text of one byte a letter."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet(name)
    sheet.write("A1", "Café à la carte £ß", book.add_format({"font_name": "VNI-Times"}))
    sheet.write("A2", "Xa\u0303 Ngo\u0323c Biên: đạt ơ ư", book.add_format({"font_name": "Arial"}))
    sheet.write("A3", 12.34)
    sheet.write("A4", 0.5, book.add_format({"num_format": "0.0%"}))
    sheet.write("A5", 45107, book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_boolean("A6", True)
    sheet.write_rich_string("A7", book.add_format({"bold": True}), "in ", book.add_format({"italic": True}), "two fonts")
    for i, (f, v) in enumerate([
            ("SUM(A3:$A$4)", 12.84), ("A1&\"x\"", "Cafx"), ("A3>1", True), ("1/0", "#DIV/0!"), ("IF(A3>1,\"\",2)", ""), ("SUM(A:A)", 1),
            ("ROUND(A3*2,1)-Hai!A1", 1), ("IF(B1>0,CHOOSE(1,\"a\",\"b\"),-B1%)", "a")]):
        sheet.write_formula(i, 1, f, None, v)
    for i in range(20):
        sheet.write(10 + i, 0, i)
        sheet.write(10 + i, 1, i / 8)
    sheet.set_row(4, None, None, {"hidden": True})
    sheet.set_column("C:C", 9, None, {"hidden": True})
    book.add_worksheet("Hai").write("A1", 2)
    book.close()


def gnumeric(src, kind, to, lang):
    subprocess.run(["ssconvert", "--recalc", "-T", f"Gnumeric_Excel:{kind}", str(src), str(to)], check=True, env=dict(os.environ, WINDOWS_LANGUAGE=lang, LANG=lang, LC_ALL="C.UTF-8"),
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def always_compute(mode):
    """How LibreOffice opens .xlsx: 0 computes, 1 keeps what is cached. When it
    keeps, it writes zero for a text that a formula resulted in."""
    user = TEMP / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(f'''<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value></prop></item>
</oor:items>''')


def main():
    always_compute(1)
    kept = HERE / "../../../../cmd/tonghop/samples/BC NTM T6 - Càng Long.xlsx"
    convert(kept, "xls", TEMP)
    (HERE / "uncomputed.xls").write_bytes((TEMP / kept.with_suffix(".xls").name).read_bytes())
    always_compute(0)
    awkward(TEMP / "awkward.xlsx")
    convert(TEMP / "awkward.xlsx", "xls", HERE)
    awkward(TEMP / "days1904.xlsx", False, False, date_1904=True)
    convert(TEMP / "days1904.xlsx", "xls", HERE)
    direct(HERE / "xlwt.xls")

    # Gnumeric cuts a long text within a letter: what it writes then is wrong.
    awkward(TEMP / "small.xlsx", True, False)
    gnumeric(TEMP / "small.xlsx", "excel_biff8", HERE / "gnumeric.xls", "en")
    excel95(TEMP / "excel95.xlsx", "Bieu 95")
    gnumeric(TEMP / "excel95.xlsx", "excel_biff7", HERE / "excel95.xls", "en")
    excel95(TEMP / "excel95.xlsx", "Biểu 95")
    gnumeric(TEMP / "excel95.xlsx", "excel_biff7", HERE / "excel95-1258.xls", "vi")
    gnumeric(TEMP / "excel95.xlsx", "excel_dsf", HERE / "both.xls", "en")
    subprocess.run(["perl", str(HERE / "make.pl"), str(HERE / "writeexcel.xls")], check=True)

    for path in sorted((HERE / "../../../../cmd/tonghop/samples").glob("*.xlsx")):
        convert(path, "xls", HERE / "samples")
    for path in sorted(HERE.glob("*.xls")):
        convert(path, "xlsx", HERE / "oracle")


main()
