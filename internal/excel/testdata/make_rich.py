"""Makes awkward workbooks, each with what an office may keep in its own file
beside the form of the communes: what openpyxl and XlsxWriter can write, and
parts set by hand that only Excel writes.

    python3 make_rich.py FOLDER [NAME...]

The form comes from a sample with faults (cmd/tonghop/samples). The files that
rich_test.go reads are the ones named in KEPT:

    python3 make_rich.py . $(python3 make_rich.py --kept)

rich-libreoffice.xlsx, …2 and …3 are rich-excel, rich-openpyxl and rich-pivot as
LibreOffice 7.4 saves them:

    soffice --convert-to xlsx:"Calc MS Excel 2007 XML" --outdir OUT rich-excel.xlsx
"""
import copy
import io
import os
import re
import struct
import sys
import zipfile
import zlib

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, LineChart, PieChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, DataBarRule, FormulaRule, IconSetRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.join(HERE, "../../../cmd/tonghop/samples/UBND huyện Cầu Ngang BC thang 6 nam 2023.xlsx")
KEPT = "openpyxl excel controls hand names pivot threaded utf16 prefixed views".split()

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
T = "application/vnd.openxmlformats-officedocument."


def picture(n=9):
    """A small PNG, made by hand: the same bytes each time."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes((30 * i % 256, 40 * j % 256, 90) [k] for j in range(n) for k in range(3)) for i in range(n))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", n, n, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def form():
    """The form with faults, without the sheet that is empty."""
    wb = openpyxl.load_workbook(SAMPLE)
    del wb["Sheet3"]
    return wb, wb["NTM"]


def saved(wb):
    out = io.BytesIO()
    wb.save(out)
    return out.getvalue()


def unpack(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as z:
        return {n: z.read(n) for n in z.namelist()}


def pack(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2023, 7, 5, 8, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, text)
    return out.getvalue()


def again(raw):
    """Packs with times that do not change from day to day."""
    parts = unpack(raw)
    core = parts.get("docProps/core.xml")
    if core:
        parts["docProps/core.xml"] = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2023-07-05T08:00:00Z", core)
    return pack(parts)


def relate(parts, of, rid, kind, target, mode=""):
    folder, _, name = of.rpartition("/")
    rels = (folder + "/" if folder else "") + "_rels/" + name + ".rels"
    text = parts.get(rels, b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>')
    if not kind.startswith("http"):
        kind = R + "/" + kind
    extra = f' TargetMode="{mode}"' if mode else ""
    parts[rels] = text.replace(b"</Relationships>", f'<Relationship Id="{rid}" Type="{kind}" Target="{target}"{extra}/></Relationships>'.encode())


def declare(parts, name, kind):
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode())


def default(parts, ext, kind):
    t = parts["[Content_Types].xml"]
    if f'Extension="{ext}"'.encode() not in t:
        parts["[Content_Types].xml"] = re.sub(rb"(<Types[^>]*>)", rb"\1" + f'<Default Extension="{ext}" ContentType="{kind}"/>'.encode(), t, count=1)


def before(text, tags, what):
    """Puts something before the first of some elements of a sheet."""
    for tag in tags:
        i = text.find(b"<" + tag.encode())
        if i >= 0:
            return text[:i] + what.encode() + text[i:]
    raise SystemExit("no place for " + what[:40])


TAIL = "printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks ignoredErrors drawing legacyDrawing picture oleObjects controls tableParts extLst".split()


def main(parts, old, new):
    """Changes the workbook's own part."""
    t = parts["xl/workbook.xml"]
    assert old.encode() in t, (old, t[:900])
    parts["xl/workbook.xml"] = t.replace(old.encode(), new.encode(), 1)


# --- what openpyxl can write ---

def rich_openpyxl():
    wb, ws = form()
    note = wb.create_sheet("Ghi chép")
    note["A1"], note["B1"], note["C1"] = "Xã", "Số hộ", "Nghèo"
    for i in range(2, 8):
        note.cell(i, 1, f"Ấp {i}"), note.cell(i, 2, i * 11), note.cell(i, 3, i)
    for at, chart in (("E2", BarChart()), ("E18", PieChart()), ("N2", LineChart())):
        chart.add_data(Reference(note, min_col=2, max_col=2 if at == "E18" else 3, min_row=1, max_row=7), titles_from_data=True)
        note.add_chart(chart, at)
    bar = BarChart()
    bar.add_data(Reference(ws, min_col=3, min_row=12, max_row=23))
    ws.add_chart(bar, "C40")
    t = Table(displayName="BangGhiChep", ref="A1:C7")
    t.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
    note.add_table(t)
    lists = wb.create_sheet("DM 'chọn'")
    for i, w in enumerate(["Đạt", "Chưa đạt", "Không áp dụng"], 1):
        lists.cell(i, 1, w)
    lists.sheet_state = "veryHidden"
    dv = DataValidation(type="list", formula1="'DM ''chọn'''!$A$1:$A$3", allow_blank=True)
    dv.add("D12:E23")
    whole = DataValidation(type="whole", operator="between", formula1="0", formula2="19", errorTitle="Số tiêu chí", error="Từ 0 đến 19")
    whole.add("C12:C23")
    ws.add_data_validation(dv), ws.add_data_validation(whole)
    red = PatternFill(bgColor="FFFF8888")
    ws.conditional_formatting.add("C12:C23", CellIsRule(operator="lessThan", formula=["10"], fill=red, stopIfTrue=True))
    ws.conditional_formatting.add("F12:G23", ColorScaleRule(start_type="min", start_color="FFFFFF", end_type="max", end_color="63BE7B"))
    ws.conditional_formatting.add("C12:C23", DataBarRule(start_type="num", start_value=0, end_type="num", end_value=19, color="638EC6"))
    ws.conditional_formatting.add("BR12:BR23", FormulaRule(formula=['BR12="CĐ"'], font=Font(color="FFFF0000")))
    note.conditional_formatting.add("B2:B7", IconSetRule("3Arrows", "percent", [0, 33, 67]))
    ws["C22"].comment = Comment("Chị Lan: số này xã báo lại ngày 3/7", "chị Lan")
    ws["B12"].comment = Comment("đã hỏi xã", "anh Bình")
    ws["A30"] = "Cổng thông tin"
    ws["A30"].hyperlink = "https://example.invalid/ntm?a=1&b=2"
    ws["A31"] = "Xem ghi chép"
    ws["A31"].hyperlink = openpyxl.worksheet.hyperlink.Hyperlink(ref="A31", location="'Ghi chép'!B3", display="Xem ghi chép")
    wb.defined_names.append(DefinedName("vung_xa", attr_text="NTM!$B$12:$B$23"))
    wb.defined_names.append(DefinedName("rieng", localSheetId=0, attr_text="NTM!$C$12:$C$23"))
    wb.defined_names.append(DefinedName("rieng", localSheetId=1, attr_text="'Ghi chép'!$B$2:$B$7"))
    ws.print_area = "A1:CB34"
    ws.print_title_rows, ws.print_title_cols = "9:11", "A:B"
    note.print_area = "A1:C7"
    ws.auto_filter.ref = "A11:CB23"
    for col in "FGH":
        ws.column_dimensions[col].outlineLevel = 1
    for row in (13, 14):
        ws.row_dimensions[row].outlineLevel = 1
    ws.freeze_panes = "C12"
    ws.protection.sheet = True
    ws.protection.password = "ntm"
    ws.oddHeader.center.text, ws.oddFooter.right.text = "&BBáo cáo NTM", "Trang &P/&N"
    wb.security = WorkbookProtection(lockStructure=True)
    wb.active = 1
    return again(saved(wb))


def sixty():
    wb, ws = form()
    for i in range(60):
        ws.conditional_formatting.add(f"C{12 + i % 12}:H{12 + i % 12}", CellIsRule(operator="equal", formula=[str(i)], fill=PatternFill(bgColor=f"FF{i:02d}88{i:02d}")))
    return again(saved(wb))


def taken():
    """Sheets of theirs have the names of ours; the first one is hidden."""
    wb, ws = form()
    for name in ("Kết quả kiểm tra", "Hệ thống đã hiểu thế nào", "Một trang tính có tên dài 31 chữ", "Lan's & <ghi>", "NTM "):
        s = wb.create_sheet(name[:31], 0 if name.startswith("Kết") else None)
        s["A1"] = "của tôi"
        s.print_area = "A1:B5"
        s.auto_filter.ref = "A1:B5"
    wb["Kết quả kiểm tra"].sheet_state = "hidden"
    wb.active = wb.sheetnames.index("Lan's & <ghi>")
    for s in wb:
        s.sheet_view.tabSelected = s.title in ("Lan's & <ghi>", "NTM")  # two sheets are selected together
    wb.views[0].firstSheet = 2
    return again(saved(wb))


def formulas():
    wb, ws = form()
    n = wb.create_sheet("Tính")
    for i in range(1, 6):
        n.cell(i, 1, i)
        n.cell(i, 2, f"=A{i}*2")
    n["C1"] = "=A1:A5*B1:B5"
    n.formula_attributes["C1"] = {"t": "array", "ref": "C1:C5"}
    n["D1"] = "=SUM(NTM:Tính!A1)"
    parts = unpack(saved(wb))
    s = "xl/worksheets/sheet2.xml"
    t = parts[s]
    for i in range(1, 6):  # one formula for five cells
        t = re.sub(f'<f>A{i}\\*2</f>'.encode(), (f'<f t="shared" ref="B1:B5" si="0">A1*2</f>' if i == 1 else '<f t="shared" si="0"/>').encode(), t)
    parts[s] = t
    parts["xl/calcChain.xml"] = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<calcChain xmlns="{MAIN}">' + "".join(f'<c r="B{i}" i="2"/>' for i in range(1, 6)) + "</calcChain>").encode()
    relate(parts, "xl/workbook.xml", "rId90", "calcChain", "calcChain.xml")
    declare(parts, "xl/calcChain.xml", T + "spreadsheetml.calcChain+xml")
    return again(pack(parts))


# --- what XlsxWriter can write ---

def xw(fill):
    """The form by XlsxWriter, with whatever fill adds."""
    src, ws = form()
    out = io.BytesIO()
    wb = xlsxwriter.Workbook(out, {"in_memory": True})
    s = wb.add_worksheet("NTM")
    merged = {str(m).split(":")[0]: m for m in ws.merged_cells.ranges}
    border = wb.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    for row in ws.iter_rows():
        for c in row:
            if c.coordinate in merged:
                m = merged[c.coordinate]
                s.merge_range(m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1, c.value, border)
            elif c.value is not None:
                s.write(c.row - 1, c.column - 1, c.value, border)
    fill(wb, s)
    wb.close()
    return again(out.getvalue())


def png(name="hinh.png"):
    return name, {"image_data": io.BytesIO(picture())}


def fill_excel(wb, s):
    """Much of what XlsxWriter knows, all at once."""
    n = wb.add_worksheet("Ghi chép")
    v = wb.add_worksheet("ẩn hẳn")
    v.hide()
    v.write("A1", "việc riêng")
    for i in range(10):
        n.write_row(i, 0, [f"Ấp {i}", i * 3, 10 - i])
    bold, red = wb.add_format({"bold": True}), wb.add_format({"font_color": "red"})
    n.write_rich_string("F1", "Chữ ", bold, "đậm", " và ", red, "đỏ")
    n.write_array_formula("G1:G3", "{=B1:B3*2}")
    n.write_dynamic_array_formula("H1", "=SORT(B1:B10)")
    n.add_sparkline("J1", {"range": "'Ghi chép'!B1:B10", "markers": True})
    n.conditional_format("B1:B10", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
    n.conditional_format("C1:C10", {"type": "icon_set", "icon_style": "3_stars"})
    s.conditional_format("C12:C23", {"type": "data_bar", "bar_negative_color": "#FF0000"})
    s.data_validation("D12:E23", {"validate": "list", "source": ["Đạt", "Chưa đạt"]})
    s.data_validation("C12:C23", {"validate": "custom", "value": "=LEN(C12)<3", "input_title": "Số tiêu chí", "input_message": "0–19"})
    s.write_comment("C22", "đã hỏi xã", {"author": "chị Lan", "visible": True})
    s.write_comment("D15", "đúng", {"author": "anh Bình"})
    for kind, at in (("column", "L1"), ("pie", "L16"), ("line", "T1")):
        c = wb.add_chart({"type": kind})
        c.add_series({"name": "'Ghi chép'!$A$1", "categories": "='Ghi chép'!$A$1:$A$10", "values": "='Ghi chép'!$B$1:$B$10"})
        n.insert_chart(at, c)
    cs = wb.add_chartsheet("Biểu đồ")
    c = wb.add_chart({"type": "bar"})
    c.add_series({"values": "=NTM!$C$12:$C$23"})
    cs.set_chart(c)
    s.insert_image("A40", *png())
    s.insert_textbox("F40", "Ghi chú của phòng")
    n.insert_textbox("F20", "Hộp chữ")
    s.set_header("&L&G&CBáo cáo", {"image_left": "dau.png", "image_data_left": io.BytesIO(picture(7))})
    n.set_background(io.BytesIO(picture(5)), is_byte_stream=True)
    n.right_to_left()
    n.add_table("A30:C33", {"name": "Bang1", "columns": [{"header": "Ấp"}, {"header": "Hộ"}, {"header": "Nghèo"}]})
    s.freeze_panes(11, 2)
    s.outline_settings(True, False, True, False)
    for r in (12, 13):
        s.set_row(r, None, None, {"level": 1, "hidden": False})
    s.set_column("F:I", 9, None, {"level": 1})
    s.autofilter("A11:CB23")
    s.repeat_rows(8, 10)
    s.print_area("A1:CB34")
    s.set_landscape(), s.set_paper(8), s.fit_to_pages(1, 0), s.set_h_pagebreaks([20])
    s.ignore_errors({"number_stored_as_text": "A1:CB34"})
    s.protect("ntm", {"format_cells": True})
    s.unprotect_range("C12:CB23", "nhap")
    wb.define_name("vung_xa", "=NTM!$B$12:$B$23")
    wb.define_name("'Ghi chép'!rieng", "='Ghi chép'!$B$1:$B$10")
    wb.set_custom_property("Số công văn", "206/BC-UBND")
    wb.set_properties({"title": "Báo cáo", "author": "Phòng NN"})
    n.activate()
    n.set_first_sheet()


def fill_controls(wb, s):
    """Buttons, check boxes: a drawing of old kind without any comment in it."""
    s.insert_button("B36", {"caption": "Nút", "macro": "khong_co"})
    s.insert_checkbox("D36", True) if hasattr(s, "insert_checkbox") else None
    s.set_header("&L&G", {"image_left": "dau.png", "image_data_left": io.BytesIO(picture(7))})


def fill_rtl(wb, s):
    s.right_to_left()
    s.hide_gridlines(2)
    s.set_zoom(70)
    s.set_tab_color("red")


# --- what only Excel writes, by hand ---

PERSON = "{11111111-2222-3333-4444-555555555555}"
THREAD = "{AAAAAAAA-2222-3333-4444-555555555555}"


def threaded():
    """A conversation on C22, as Excel 365 keeps it: twice."""
    wb, ws = form()
    ws["C22"].comment = Comment("[Threaded comment]\n\nComment:\n    Số này đúng chưa?", "tc=" + THREAD)
    parts = unpack(saved(wb))
    ns = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    parts["xl/persons/person.xml"] = f'<?xml version="1.0" encoding="UTF-8"?>\n<personList xmlns="{ns}"><person displayName="chị Lan" id="{PERSON}" userId="lan" providerId="None"/></personList>'.encode()
    parts["xl/threadedComments/threadedComment1.xml"] = f'<?xml version="1.0" encoding="UTF-8"?>\n<ThreadedComments xmlns="{ns}"><threadedComment ref="C22" dT="2023-07-05T01:00:00.00" personId="{PERSON}" id="{THREAD}"><text>Số này đúng chưa?</text></threadedComment></ThreadedComments>'.encode()
    relate(parts, "xl/workbook.xml", "rId91", "http://schemas.microsoft.com/office/2017/10/relationships/person", "persons/person.xml")
    relate(parts, "xl/worksheets/sheet1.xml", "rId92", "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", "../threadedComments/threadedComment1.xml")
    declare(parts, "xl/persons/person.xml", "application/vnd.ms-excel.person+xml")
    declare(parts, "xl/threadedComments/threadedComment1.xml", "application/vnd.ms-excel.threadedcomments+xml")
    return again(pack(parts))


def excel_only(parts=None):
    """External links, custom XML, custom properties, an embedded object in mc:AlternateContent, a drop-down of a form, x14 formats and lists."""
    parts = parts or unpack(saved(form()[0]))
    s = "xl/worksheets/sheet1.xml"
    t = parts[s]
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    xm = "http://schemas.microsoft.com/office/excel/2006/main"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    t = re.sub(rb"<worksheet ", f'<worksheet xmlns:r="{R}" xmlns:mc="{mc}" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" mc:Ignorable="x14ac xr" xr:uid="{{00000000-0001-0000-0000-000000000000}}" '.encode(), t, count=1)
    ole = (f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="x14"><oleObjects><oleObject progId="Packager" dvAspect="DVASPECT_ICON" shapeId="1030" r:id="rId95"/></oleObjects></mc:Choice>'
           f'<mc:Fallback><oleObjects><oleObject progId="Packager" shapeId="1030" r:id="rId95"/></oleObjects></mc:Fallback></mc:AlternateContent>')
    control = (f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="x14"><controls><control shapeId="1031" r:id="rId96" name="Drop Down 7"/></controls></mc:Choice></mc:AlternateContent>')
    ext = (f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{x14}"><x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="{xm}"><x14:cfRule type="expression" priority="1" id="{{33333333-0000-0000-0000-000000000001}}"><xm:f>Khác!$A$1="x"</xm:f><x14:dxf><font><b/></font></x14:dxf></x14:cfRule><xm:sqref>C12:C23</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>'
           f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{x14}"><x14:dataValidations xmlns:xm="{xm}" count="1"><x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Khác!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>D12:E23</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>')
    t = t.replace(b"</worksheet>", ('<legacyDrawing r:id="rId94"/>' + ole + control + ext + "</worksheet>").encode())
    parts[s] = t
    parts["xl/drawings/vmlDrawing9.vml"] = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml"\n xmlns:o="urn:schemas-microsoft-com:office:office"\n xmlns:x="urn:schemas-microsoft-com:office:excel">\n <o:shapelayout v:ext="edit">\n  <o:idmap v:ext="edit" data="1"/>\n </o:shapelayout><v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201" path="m,l,21600r21600,l21600,xe"></v:shapetype>'
        '<v:shape id="_x0000_s1031" type="#_x0000_t201" style=\'position:absolute;margin-left:10pt;margin-top:500pt;width:80pt;height:18pt\' o:insetmode="auto"><x:ClientData ObjectType="Drop"><x:Anchor>1, 0, 35, 0, 3, 0, 36, 0</x:Anchor><x:Val>0</x:Val><x:FmlaRange>Khác!$A$1:$A$3</x:FmlaRange></x:ClientData><br></v:shape></xml>').encode()
    relate(parts, s, "rId94", "vmlDrawing", "../drawings/vmlDrawing9.vml")
    default(parts, "vml", T + "vmlDrawing")
    parts["xl/embeddings/oleObject1.bin"] = bytes(range(256)) * 4
    default(parts, "bin", T + "oleObject")
    relate(parts, s, "rId95", "oleObject", "../embeddings/oleObject1.bin")
    parts["xl/ctrlProps/ctrlProp1.xml"] = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<formControlPr xmlns="{x14}" objectType="Drop" dropStyle="combo" dx="16" fmlaRange="Khác!$A$1:$A$3" noThreeD="1" sel="0" val="0"/>'.encode()
    relate(parts, s, "rId96", "ctrlProp", "../ctrlProps/ctrlProp1.xml")
    declare(parts, "xl/ctrlProps/ctrlProp1.xml", "application/vnd.ms-excel.controlproperties+xml")
    parts["xl/externalLinks/externalLink1.xml"] = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{R}" r:id="rId1"><sheetNames><sheetName val="T5"/></sheetNames></externalBook></externalLink>'.encode()
    relate(parts, "xl/externalLinks/externalLink1.xml", "rId1", "externalLinkPath", "file:///C:/thang%205.xlsx", "External")
    relate(parts, "xl/workbook.xml", "rId97", "externalLink", "externalLinks/externalLink1.xml")
    declare(parts, "xl/externalLinks/externalLink1.xml", T + "spreadsheetml.externalLink+xml")
    main(parts, "</sheets>", f'</sheets><externalReferences><externalReference xmlns:r="{R}" r:id="rId97"/></externalReferences>')
    parts["customXml/item1.xml"] = "<việc xmlns='urn:x'>riêng</việc>".encode()
    parts["customXml/itemProps1.xml"] = b'<ds:datastoreItem ds:itemID="{44444444-0000-0000-0000-000000000000}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
    relate(parts, "xl/workbook.xml", "rId98", "customXml", "../customXml/item1.xml")
    relate(parts, "customXml/item1.xml", "rId1", "customXmlProps", "itemProps1.xml")
    declare(parts, "customXml/itemProps1.xml", T + "customXmlProperties+xml")
    return parts


def hand():
    wb, _ = form()
    other = wb.create_sheet("Khác")
    for i, w in enumerate(["Đạt", "Chưa đạt", "x"], 1):
        other.cell(i, 1, w)
    return again(pack(excel_only(unpack(saved(wb)))))


def pivot():
    """A pivot table with a slicer; its cache counts sheets by name and number."""
    wb, _ = form()
    n = wb.create_sheet("Tổng hợp riêng")
    n["A3"], n["B3"], n["A4"], n["B4"] = "Nhãn", "Tổng", "x", 3
    parts = unpack(saved(wb))
    parts["xl/pivotCache/pivotCacheDefinition1.xml"] = f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{R}" r:id="rId1" refreshOnLoad="0" recordCount="1"><cacheSource type="worksheet"><worksheetSource ref="A3:B4" sheet="Tổng hợp riêng"/></cacheSource><cacheFields count="2"><cacheField name="Nhãn" numFmtId="0"><sharedItems count="1"><s v="x"/></sharedItems></cacheField><cacheField name="Tổng" numFmtId="0"><sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1" containsInteger="1" minValue="3" maxValue="3"/></cacheField></cacheFields></pivotCacheDefinition>'.encode()
    parts["xl/pivotCache/pivotCacheRecords1.xml"] = f'<pivotCacheRecords xmlns="{MAIN}" count="1"><r><x v="0"/><n v="3"/></r></pivotCacheRecords>'.encode()
    parts["xl/pivotTables/pivotTable1.xml"] = f'<pivotTableDefinition xmlns="{MAIN}" name="PivotTable1" cacheId="7" dataCaption="Values"><location ref="D3:E5" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="2"><pivotField axis="axisRow" showAll="0"><items count="2"><item x="0"/><item t="default"/></items></pivotField><pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1"><field x="0"/></rowFields><rowItems count="2"><i><x/></i><i t="grand"><x/></i></rowItems><colItems count="1"><i/></colItems><dataFields count="1"><dataField name="Sum" fld="1"/></dataFields></pivotTableDefinition>'.encode()
    relate(parts, "xl/workbook.xml", "rId71", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
    relate(parts, "xl/pivotCache/pivotCacheDefinition1.xml", "rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")
    relate(parts, "xl/worksheets/sheet2.xml", "rId72", "pivotTable", "../pivotTables/pivotTable1.xml")
    relate(parts, "xl/pivotTables/pivotTable1.xml", "rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
    for n, k in (("pivotCache/pivotCacheDefinition1", "pivotCacheDefinition"), ("pivotCache/pivotCacheRecords1", "pivotCacheRecords"), ("pivotTables/pivotTable1", "pivotTable")):
        declare(parts, f"xl/{n}.xml", T + f"spreadsheetml.{k}+xml")
    t = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = t.replace(b"</workbook>", f'<pivotCaches><pivotCache xmlns:r="{R}" cacheId="7" r:id="rId71"/></pivotCaches></workbook>'.encode())
    return again(pack(parts))


def prefixed():
    """The main part and the sheet with a prefix on every element, as some programs write."""
    parts = unpack(saved(form()[0]))
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        t = parts[name].decode()
        t = re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", t).replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
        t = t.replace("<x:?xml", "<?xml")
        parts[name] = t.encode()
    return again(pack(parts))


def utf16():
    """Parts in UTF-16, which the standard allows."""
    parts = unpack(saved(form()[0]))
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        t = parts[name].decode("utf-8")
        t = re.sub(r"^<\?xml[^>]*\?>\s*", "", t)
        parts[name] = ("\ufeff" + '<?xml version="1.0" encoding="UTF-16"?>\n' + t).encode("utf-16-le")
    return again(pack(parts))


def absolute():
    """Relationships by absolute names, a byte order mark, single quotes, the types last."""
    parts = unpack(saved(form()[0]))
    r = "xl/_rels/workbook.xml.rels"
    parts[r] = re.sub(rb'Target="(?:/xl/)?([^"]+)"', rb"Target='/xl/\1'", parts[r])
    for n in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        parts[n] = b"\xef\xbb\xbf" + parts[n]
    types = parts.pop("[Content_Types].xml")
    parts["[Content_Types].xml"] = types
    return again(pack(parts))


def views():
    """An open sheet far to the right, scrolled tabs, two windows, views of persons, names that hold for one sheet, the first sheet hidden."""
    wb, ws = form()
    for i in range(6):
        s = wb.create_sheet(f"Phụ {i}", i)
        s["A1"] = i
        wb.defined_names.append(DefinedName(f"rieng{i}", localSheetId=i, attr_text=f"'Phụ {i}'!$A$1"))
    wb["Phụ 0"].sheet_state = "hidden"
    wb.active = 6
    for s in wb:
        s.sheet_view.tabSelected = s.title == "NTM"
    parts = unpack(saved(wb))
    t = parts["xl/workbook.xml"].decode()
    t = re.sub(r"<bookViews>.*?</bookViews>", '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="20000" windowHeight="9000" tabRatio="600" firstSheet="3" activeTab="6" /><workbookView activeTab="2"/></bookViews>', t)
    t = t.replace("</workbook>", '<customWorkbookViews><customWorkbookView name="Lan" guid="{55555555-0000-0000-0000-000000000000}" windowWidth="100" windowHeight="100" activeSheetId="3"/></customWorkbookViews></workbook>')
    parts["xl/workbook.xml"] = t.encode()
    return again(pack(parts))


def bare_view():
    """No views at all, no names, no cols."""
    parts = unpack(saved(form()[0]))
    parts["xl/workbook.xml"] = re.sub(rb"<bookViews>.*?</bookViews>", b"", parts["xl/workbook.xml"])
    parts["xl/worksheets/sheet1.xml"] = re.sub(rb"<sheetViews>.*?</sheetViews>", b"", parts["xl/worksheets/sheet1.xml"])
    return again(pack(parts))


def google():
    """Habits of Google Sheets: no docProps, drawings that are empty, formats with prefix-free extLst."""
    wb, ws = form()
    parts = unpack(saved(wb))
    for n in [n for n in parts if n.startswith("docProps")]:
        del parts[n]
    parts["_rels/.rels"] = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{R}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode()
    parts["[Content_Types].xml"] = re.sub(rb'<Override PartName="/docProps[^>]*/>', b"", parts["[Content_Types].xml"])
    parts["xl/drawings/drawing1.xml"] = b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'
    relate(parts, "xl/worksheets/sheet1.xml", "rId1", "drawing", "../drawings/drawing1.xml")
    declare(parts, "xl/drawings/drawing1.xml", T + "drawing+xml")
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</worksheet>", f'<drawing xmlns:r="{R}" r:id="rId1"/></worksheet>'.encode())
    return again(pack(parts))


def wps():
    """Habits of WPS: product version in the properties, extLst of its own, comments without shapes declared by name."""
    wb, ws = form()
    ws["B12"].comment = Comment("đã hỏi xã", "lan")
    parts = unpack(saved(wb))
    parts["docProps/custom.xml"] = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer"><vt:lpwstr>1033-11.2.0</vt:lpwstr></property></Properties>'.encode()
    relate(parts, "", "rId80", "custom-properties", "docProps/custom.xml")
    declare(parts, "docProps/custom.xml", T + "custom-properties+xml")
    return again(pack(parts))


def without_shapes():
    """Comments whose boxes are lost: some programs write only the texts."""
    wb, ws = form()
    ws["B12"].comment = Comment("đã hỏi xã", "lan")
    parts = unpack(saved(wb))
    s = "xl/worksheets/sheet1.xml"
    parts[s] = re.sub(rb"<legacyDrawing[^>]*/>", b"", parts[s])
    return again(pack(parts))


VARIANTS = {
    "openpyxl": rich_openpyxl, "sixty": sixty, "names": taken, "formulas": formulas,
    "excel": lambda: xw(fill_excel), "controls": lambda: xw(fill_controls), "rtl": lambda: xw(fill_rtl), "plain-xw": lambda: xw(lambda wb, s: None),
    "threaded": threaded, "hand": hand, "pivot": pivot, "prefixed": prefixed, "utf16": utf16, "absolute": absolute, "views": views,
    "bare-view": bare_view, "google": google, "wps": wps, "without-shapes": without_shapes,
}


def run(args):
    if args == ["--kept"]:
        return print(" ".join(KEPT))
    folder, names = args[0], args[1:] or VARIANTS
    for name in names:
        with open(os.path.join(folder, f"rich-{name}.xlsx"), "wb") as f:
            f.write(VARIANTS[name]())


if __name__ == "__main__":
    run(sys.argv[1:])
