#!/usr/bin/python3
"""Makes the workbooks in this folder with programs that are not ours.

Needs openpyxl, xlsxwriter and soffice; run it in this folder. shown.txt is
what LibreOffice displays in each cell of column C of shown.xlsx (exported to
CSV as shown, locale en-US): what our reader must say is displayed.
"""
import csv, datetime, os, shutil, subprocess, tempfile
import openpyxl
from openpyxl.styles import Font, PatternFill
import xlsxwriter


def by_openpyxl():
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "Biểu 03"
    ws["A1"] = "UBND HUYỆN TRÀ CÚ"
    ws["A1"].font = Font(name=".VnTimeH", bold=True)
    ws.merge_cells("A1:D1")
    ws.append(["STT", "Tên xã", "Thu nhập", "Đạt"])
    for i, name in enumerate(["Ngọc Biên", "Hàm Giang", " Kim Sơn "], 1):
        ws.append([i, name, 43.2 + i / 3, i % 2 == 0])
    ws["C7"] = "=SUM(C3:C5)"
    ws["D7"] = datetime.datetime(2023, 6, 30, 14, 5)
    ws["E7"] = datetime.date(2023, 6, 30)
    ws["F7"] = 0.456
    ws["F7"].number_format = "0.0%"
    ws["G7"] = ""
    ws["H7"] = "_x000D_ a\nb"
    ws["I9"].fill = PatternFill("solid", fgColor="FFFF00")
    ws.row_dimensions[4].hidden = True
    ws.column_dimensions["G"].hidden = True
    hidden = wb.create_sheet("Ẩn & 'khác' 1")
    hidden.sheet_state = "veryHidden"
    hidden["XFD1048576"] = "cuối"
    chart = wb.create_chartsheet("Biểu đồ")
    bar = openpyxl.chart.BarChart()
    bar.add_data(openpyxl.chart.Reference(ws, min_col=3, min_row=2, max_row=5))
    chart.add_chart(bar)
    wb.save("openpyxl.xlsx")


def by_xlsxwriter():
    wb = xlsxwriter.Workbook("xlsxwriter.xlsx", {"constant_memory": False})
    ws = wb.add_worksheet("Tổng hợp")
    bold = wb.add_format({"bold": 1, "font_name": "VNI-Times"})
    ws.write_rich_string("A1", bold, "Biểu ", "tổng hợp")
    ws.write_formula("B2", '=IF(A3>1,"có","không")', None, "có")
    ws.write_formula("C2", "=1/0", None, "#DIV/0!")
    ws.write_formula("D2", "=2>1", None, True)
    ws.write_array_formula("E2:E4", "{=A3:A5*2}", None, 4)
    ws.write_boolean("A2", False)
    for i in range(3, 40):
        ws.write_number(i, 0, i * 1.1)
        ws.write_formula(i, 1, "=A%d*2" % (i + 1), None, i * 2.2)
        ws.write_blank(i, 2, None, bold)
    ws.merge_range("F1:H3", "gộp", bold)
    ws.set_row(5, None, None, {"hidden": True})
    ws.set_column("J:K", 5, None, {"hidden": True})
    ws.write_url("A50", "https://example.org/?a=1&b=2", None, "liên kết")
    ws.write_comment("A51", "chú thích")
    wb.add_worksheet("Ẩn").hide()
    wb.close()
    wb = xlsxwriter.Workbook("inline.xlsx", {"constant_memory": True, "strings_to_numbers": False, "use_zip64": True, "date_1904": True})
    ws = wb.add_worksheet()
    ws.write(0, 0, " đầu & cuối ")
    ws.write(1, 1, datetime.date(2023, 6, 30), wb.add_format({"num_format": "dd/mm/yyyy"}))
    wb.close()


NUMBERS = [0, 1, -1, 5, 12, 100, 999.5, 1234, -1234.5, 0.5, 0.05, -0.004, 2.675, 1.005, 1234567.891, 99999999999.5,
           123456789012, 0.1 + 0.2, 1 / 3, 0.00001234, 1e-9, 1e-10, 1.5e15, 1e20, 123456.789e-8, 43.2, 56, 12345678901.5, 0.0001234567]
FORMATS = ["General", "0", "0.0", "0.00", "#,##0", "#,##0.00", "0%", "0.0%", "0.00%", "#,##0.###", "0.0#", "#.##", "00000",
           "#,##0;(#,##0)", '#,##0.0;[Red]-#,##0.0;"-"', '0.00" triệu"', "#,##0,", "0.0,,", '#,##0\\ "đ"', "0.00E+00", "##0.0E+0",
           '"xã "0', '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', "[>=1000]#,##0;0.00", "000-00", ".00", "@", "+0;-0;0",
           '[$-42A]#,##0.0', '[$₫-42A]#,##0', ";;;", '0"/20"', "?0.0?", 'General" xã"']
DATES = [45107, 45107.75, 1, 59, 61, 44927.5 + 5 / 86400, 0.25, 0.999999, 36526, 73050.123456]
DATEFORMATS = ["dd/mm/yyyy", "d/m/yy", "yyyy-mm-dd", "dd-mmm-yyyy", "mmmm d, yyyy", "ddd dd/mm", "dddd", "h:mm", "hh:mm:ss", "h:mm AM/PM",
               "[h]:mm", "[mm]:ss", "mm:ss.0", 'dd" tháng "mm" năm "yyyy', "dd/mm/yyyy hh:mm", "m/yyyy", '[$-42A]dd/mm/yyyy', "yyyy\\-mm\\-dd\\Thh:mm"]
TEXTS = ["Đạt", "12", " x "]
TEXTFORMATS = ["@", "General", "0.00", '@" (xã)"', "0;0;0;\"chữ: \"@", ";;;"]


def shown():
    wb = xlsxwriter.Workbook("shown.xlsx")
    ws = wb.add_worksheet()
    ws.set_column("C:C", 60)
    row = 0
    for values, formats in ((NUMBERS, FORMATS), (DATES, DATEFORMATS), (TEXTS, TEXTFORMATS)):
        for f in formats:
            style = wb.add_format({"num_format": f})
            for v in values:
                ws.write_string(row, 0, f)
                ws.write_string(row, 1, repr(v))
                ws.write(row, 2, v, style)
                row += 1
    wb.close()
    with tempfile.TemporaryDirectory() as tmp:
        # 44 ',' 34 '"' 76 UTF-8, from line 1, as shown
        subprocess.run(["soffice", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true", "--outdir", tmp, "shown.xlsx"], check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(tmp, "shown.csv"), encoding="utf-8") as f, open("shown.txt", "w", encoding="utf-8") as out:
            for r in csv.reader(f):
                out.write("\t".join((r[0], r[1], r[2])) + "\n")


def by_libreoffice():
    with tempfile.TemporaryDirectory() as tmp:
        for name, to in (("xlsxwriter", "libreoffice"), ("openpyxl", "libreoffice2")):
            subprocess.run(["soffice", "--headless", "--convert-to", "ods", "--outdir", tmp, name + ".xlsx"], check=True, stdout=subprocess.DEVNULL)
            subprocess.run(["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp, os.path.join(tmp, name + ".ods")], check=True, stdout=subprocess.DEVNULL)
            shutil.copy(os.path.join(tmp, name + ".xlsx"), to + ".xlsx")


by_openpyxl()
by_xlsxwriter()
shown()
by_libreoffice()
