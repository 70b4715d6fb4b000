#!/usr/bin/python3
"""Writes workbooks with openpyxl and xlsxwriter into the folder given."""
import datetime, os, sys
import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

out = sys.argv[1]


def by_openpyxl():
    wb = openpyxl.Workbook()
    wb.iso_dates = True
    ws = wb.active
    ws.title = "Ngày tháng"
    ws.append([datetime.datetime(2023, 6, 30, 14, 5, 6), datetime.date(2023, 6, 30), datetime.time(14, 5), datetime.timedelta(hours=30, minutes=15)])
    ws["A2"] = "BiÓu sè 3"
    ws["A2"].font = Font(name=".VnTime", bold=True)
    ws["C2"] = "=A1:A3*2"
    ws.formula_attributes["C2"] = {"t": "array", "ref": "C2:C4"}
    ws["A3"] = "ghi chú"
    ws["A3"].comment = Comment("không phải nội dung", "Phòng")
    ws["A4"] = "liên kết"
    ws["A4"].hyperlink = "https://example.org/"
    ws["B4"] = "=HYPERLINK(\"https://example.org/\",\"chữ\")"
    ws["B5"] = "#N/A"
    ws["B6"] = "=1+1"
    wb.defined_names.append(DefinedName("Vung", attr_text="'Ngày tháng'!$A$1:$D$1"))
    wb.save(os.path.join(out, "openpyxl-dates.xlsx"))
    wb = openpyxl.Workbook(write_only=True)
    wb.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    ws = wb.create_sheet("Ghi một lượt")
    for i in range(1, 20):
        ws.append([i, "Xã %d" % i, i / 7, None, i % 2 == 0, datetime.date(2023, 6, i)])
    wb.save(os.path.join(out, "openpyxl-1904.xlsx"))


def by_xlsxwriter():
    for name, options in (("xlsxwriter-rich.xlsx", {}), ("xlsxwriter-1904.xlsx", {"date_1904": True, "constant_memory": True})):
        wb = xlsxwriter.Workbook(os.path.join(out, name), options)
        ws = wb.add_worksheet("Biểu 03")
        old = wb.add_format({"font_name": ".VnTime", "bold": True})
        new = wb.add_format({"font_name": "Times New Roman"})
        ws.write_rich_string("A1", old, "UBND huyÖn ", old, "Trµ Có")
        ws.write_rich_string("B1", old, "BiÓu ", new, "tổng hợp", new)
        ws.write("A2", "Tªn x·", old)
        ws.write("B2", datetime.datetime(2023, 6, 30, 14, 5), wb.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
        ws.write("C2", 0.5, wb.add_format({"num_format": "0.00%"}))
        ws.write_formula("A3", "=SUM(C2:C2)", None, 0.5)
        ws.write_formula("B3", "=1/0", None, "#DIV/0!")
        ws.write_array_formula("C3:C4", "{=A1:A2}", None, 1)
        ws.write_dynamic_array_formula("D3", "=SORT(A1:A3)", None, "a")
        ws.write_url("A5", "https://example.org/?a=1", None, "liên kết")
        ws.write_url("B5", "internal:'Ẩn'!A1", None, "sang trang")
        ws.write_comment("A6", "không phải nội dung")
        ws.write_string("A6", "_x000D_ a\r\nb")
        ws.write_boolean("B6", True)
        ws.set_row(5, None, None, {"hidden": True})
        ws.set_column("D:E", 4, None, {"hidden": True})
        if not options:
            ws.merge_range("A8:C9", "gộp", new)
        ws.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        ws.data_validation("A10", {"validate": "list", "source": ["Đạt", "Chưa"]})
        ws.conditional_format("A1:C9", {"type": "cell", "criteria": ">", "value": 1, "format": new})
        wb.define_name("Vung", "='Biểu 03'!$A$1:$B$2")
        wb.add_worksheet("Ẩn").hide()
        wb.close()


by_openpyxl()
by_xlsxwriter()
