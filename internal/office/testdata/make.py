#!/usr/bin/env python3
"""Writes records, volatile and recomputed files byte by byte: what no
writer at hand writes, such as formulas whose stored results are not what
LibreOffice would compute. Run it in this folder; needs nothing but Python."""
import struct
import zipfile


def wide(s):
    b = s.encode("utf-16-le")
    return struct.pack("<I", len(b) // 2) + b


def record(number, body=b""):
    out = bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])
    n = len(body)
    while True:
        out += bytes([n & 127 | (128 if n > 127 else 0)])
        n >>= 7
        if not n:
            return out + body


def cell(number, col, body=b"", style=0):
    return record(number, struct.pack("<II", col, style) + body)


def formula(tokens):
    return struct.pack("<HI", 0, len(tokens)) + tokens + struct.pack("<I", 0)


def row(n):
    return record(0, struct.pack("<IIHHBI", n, 0, 0x12C, 0, 0, 0))


ONE_AND_ONE = b"\x1e\x01\x00\x1e\x01\x00\x03"  # 1+1
TODAY = b"\x19\x01\x00\x00\x21\xdd\x00"  # volatile, TODAY()

TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/><Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>"""
APP = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>"""
LINKS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>"""
LINK = '<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>'


def xlsb(path, cells, strings):
    book = (record(131) + record(153, struct.pack("<III", 0, 0, 0) + wide("")[:4]) + record(143)
            + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Biểu 03")) + record(144) + record(132))
    sheet = record(129) + record(145) + cells + record(146) + record(130)
    sst = record(159, struct.pack("<II", len(strings), len(strings)))
    sst += b"".join(record(19, b"\0" + wide(s)) for s in strings) + record(160)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", LINKS % (LINK % ("rId1", "officeDocument", "xl/workbook.bin") + LINK % ("rId2", "extended-properties", "docProps/app.xml"))),
            ("docProps/app.xml", APP),
            ("xl/_rels/workbook.bin.rels", LINKS % (LINK % ("rId1", "worksheet", "worksheets/sheet1.bin") + LINK % ("rId2", "sharedStrings", "sharedStrings.bin"))),
            ("xl/workbook.bin", book), ("xl/worksheets/sheet1.bin", sheet), ("xl/sharedStrings.bin", sst),
        ]:
            z.writestr(zipfile.ZipInfo(name, (2023, 6, 30, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def rk(n, percent=False):
    return struct.pack("<I", (n & 0x3FFFFFFF) << 2 | 2 | percent)


cells = row(0)
cells += cell(7, 0, struct.pack("<I", 0)) + cell(7, 1, struct.pack("<I", 1)) + cell(7, 2, struct.pack("<I", 2)) + cell(6, 3, wide("tại chỗ"))
cells += row(1)
cells += cell(2, 0, rk(4320, True)) + cell(2, 1, rk(-5)) + cell(5, 2, struct.pack("<d", 0.1 + 0.2)) + cell(5, 3, struct.pack("<d", 1e300)) + cell(1, 4)
cells += row(2)
cells += cell(4, 0, b"\1") + cell(4, 1, b"\0") + cell(3, 2, b"\x07") + cell(3, 3, b"\x2a")
cells += row(4)
cells += cell(9, 0, struct.pack("<d", 2) + formula(ONE_AND_ONE)) + cell(8, 1, wide("x") + formula(b"\x17\x01\x00x\x00"))
cells += cell(10, 2, b"\1" + formula(b"\x1d\1")) + cell(11, 3, b"\x17" + formula(b"\x1c\x17"))
cells += row(300)
cells += cell(2, 40, rk(7))
xlsb("records.xlsb", cells, ["Xã Ngọc Biên", "  ", "hai\ndòng"])

cells = row(0) + cell(2, 0, rk(1)) + cell(9, 1, struct.pack("<d", 45107) + formula(TODAY))
xlsb("volatile.xlsb", cells, ["x"])

cells = row(0) + cell(2, 0, rk(1)) + row(4) + cell(9, 2, struct.pack("<d", 999) + formula(ONE_AND_ONE))
xlsb("recomputed.xlsb", cells, ["x"])
