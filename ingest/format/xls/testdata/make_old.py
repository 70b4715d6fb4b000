#!/usr/bin/python3
"""Makes the workbooks of Excel 2 to 4 of this folder, and one as PHP scripts
write it, record by record after [OpenOffice's documentation of the format],
and LibreOffice's own conversion of each. It needs libreoffice-calc. The tests
need none of it.

  old2.xls old3.xls old4.xls   one sheet, the whole file
  old4book.xls                 a workbook of two sheets and one hidden
  bare5.xls                    one sheet in the layout of Excel 5, without styles
"""
import pathlib
import struct
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FORMATS = ["General", "0", "0.00", "#,##0", "#,##0.00", "0%", "0.00%", "dd/mm/yyyy", "h:mm", "@", '0.0" ha"']
FONTS = ["Arial", "VNI-Times", ".VnTime"]
BOF = {2: 0x0009, 3: 0x0209, 4: 0x0409, 5: 0x0809}


def convert(path):
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx", "--outdir", str(HERE / "oracle"), str(path)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def rec(number, data=b""):
    return struct.pack("<HH", number, len(data)) + data


def text(s, width):
    raw = s.encode("cp1252")
    return len(raw).to_bytes(width, "little") + raw


class Sheet:
    """The records of one sheet."""

    def __init__(self, v, styles=True):
        self.v, self.styles, self.out = v, styles, b""

    def head(self, row, col, fmt):
        if self.v > 2:
            return struct.pack("<HHH", row, col, fmt if self.styles else 0)
        if fmt == len(FORMATS):  # a style above 62: its number comes before
            self.out += rec(0x44, struct.pack("<H", 63))
            return struct.pack("<HHBBB", row, col, 63, fmt - 1, 0)
        return struct.pack("<HHBBB", row, col, fmt if self.styles else 0, fmt | (fmt % 3) << 6, 0)

    def cell(self, number, row, col, data, fmt=0):
        head = self.head(row, col, fmt)
        self.out += rec(number + (0x200 if self.v > 2 else 0), head + data)

    def number(self, row, col, x, fmt=0):
        self.cell(3, row, col, struct.pack("<d", x), fmt)

    def label(self, row, col, s, fmt=0):
        self.cell(4, row, col, text(s, 1 if self.v == 2 else 2), fmt)

    def rk(self, row, col, v, fmt=0):
        if self.v == 2:
            self.out += rec(2, self.head(row, col, fmt) + struct.pack("<H", v))
        else:
            self.out += rec(0x27E, self.head(row, col, fmt) + struct.pack("<I", v << 2 | 2))

    def formula(self, row, col, result, tokens, fmt=0, string=None):
        head = self.head(row, col, fmt)
        if self.v == 2:
            self.out += rec(6, head + result + b"\0" + bytes([len(tokens)]) + tokens)
        else:
            number = {3: 0x206, 4: 0x406, 5: 0x006}[self.v]
            self.out += rec(number, head + result + b"\0\0" + (b"\0\0\0\0" if self.v == 5 else b"") + struct.pack("<H", len(tokens)) + tokens)
        if string is not None:
            self.out += rec(7 if self.v == 2 else 0x207, text(string, 1 if self.v == 2 else 2))

    def fill(self):
        """One of everything."""
        self.label(0, 0, "Tong \xe9")
        self.label(0, 1, "Xa\xf5 Ngo\xefc Bie\xe2n", 1)
        for i, x in enumerate([0, 1, -1.5, 12.345, 1234567.891, 45107.75, 1e-9, 1e20, 1 / 3]):
            for f in range(len(FORMATS)):
                self.number(1 + i, f, x, f)
        self.rk(11, 0, 7)
        self.rk(11, 1, 65535, 4)
        for i, code in enumerate([0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A]):
            self.cell(5, 12, i, bytes([code, 1]))
        self.cell(5, 13, 0, b"\1\0")
        self.cell(5, 13, 1, b"\0\0")
        self.cell(1, 13, 2, b"")
        one_plus_one = b"\x1e\1\0\x1e\1\0\3"
        special = lambda kind, v: bytes([kind, 0, v, 0, 0, 0, 0xFF, 0xFF])
        self.formula(14, 0, struct.pack("<d", 2), one_plus_one)
        self.formula(14, 1, special(0, 0), b"\x17\2ab", 0, "ab")
        self.formula(14, 2, special(1, 1), b"\x1d\1")
        self.formula(14, 3, special(2, 0x2A), b"\x1c\x2a")
        self.label(15, 0, "x" * 255)
        self.label(16383, 255, "end")


def sheet(v, hidden=True, styles=True, look=True):
    s = Sheet(v, styles)
    s.out = rec(BOF[v], struct.pack("<HH", v if v < 5 else 0, 0x10) + (b"\0\0" if v in (3, 4) else b"\0\0\0\0" if v == 5 else b""))
    if look:
        s.out += looks(v)
    if hidden and v == 2:
        s.out += rec(0x24, struct.pack("<BBH", 4, 5, 0))
        s.out += rec(8, struct.pack("<HHHH", 3, 0, 256, 0) + b"\0\0\0\0\0")
    elif hidden:
        s.out += rec(0x7D, struct.pack("<HHHHH", 4, 5, 2000, 0, 1) + b"\0\0"[: 2 if v > 2 else 0])
        s.out += rec(0x208, struct.pack("<HHHHHHHH", 3, 0, 256, 300, 0, 0, 0x120, 0))
    s.fill()
    return s.out + rec(0x0A)


def looks(v):
    """Fonts, formats and styles."""
    out = rec(0x42, struct.pack("<H", 0x8001))
    for name in FONTS + (["Arial"] if v > 2 else []):
        out += rec(0x31 if v == 2 else 0x231, struct.pack("<HH", 200, 0) + (b"" if v == 2 else struct.pack("<H", 0x7FFF)) + text(name, 1))
    out += rec(0x1F if v == 2 else 0x56, struct.pack("<H", len(FORMATS)))
    for i, code in enumerate(FORMATS):
        out += rec(0x41E, struct.pack("<H", i) + text(code, 1)) if v == 4 else rec(0x1E, text(code, 1))
    for i in range(64 if v == 2 else len(FORMATS)):
        fmt = i if i < len(FORMATS) else 2
        if v == 2:
            out += rec(0x43, struct.pack("<BBBB", i % 3, 0, fmt, 0))
        elif v == 3:
            out += rec(0x243, struct.pack("<BBBBHHI", i % 3, fmt, 1, 0xFC, 0, 0xCE00, 0))
        else:
            out += rec(0x443, struct.pack("<BBHBBHI", i % 3, fmt, 1, 0, 0xFC, 0xCE00, 0))
    return out


def book():
    """A workbook of Excel 4: its sheets lie within it, each behind its name."""
    out = rec(0x409, struct.pack("<HHH", 4, 0x100, 0)) + looks(4)
    for name in ["Bi\xeau 1", "Two"]:
        one = sheet(4, hidden=name == "Two")
        out += rec(0x8F, struct.pack("<I", len(one)) + text(name, 1)) + one
    return out + rec(0x0A)


if __name__ == "__main__":
    files = {"old2": sheet(2), "old3": sheet(3), "old4": sheet(4), "old4book": book(), "bare5": sheet(5, styles=False, look=False)}
    for name, data in files.items():
        path = HERE / f"{name}.xls"
        path.write_bytes(data)
        convert(path)
