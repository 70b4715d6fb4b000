#!/usr/bin/python3
"""Makes encrypted workbooks of this folder: LibreOffice (7.4) saves them with a
password, through its UNO interface, as Excel 2007 does ("standard"). It needs
python3-uno, python3-xlsxwriter and libreoffice-calc of Debian. The tests need
none of them. agile.xlsx is made by make.js.

  standard.xlsx   the password is PASSWORD, composed (NFC), as a Vietnamese
                  keyboard program types it
  apart.xlsx      the same password with its tones as characters of their own,
                  as the Vietnamese keyboard of Windows types it
  velvet.xlsx     the password that every program knows
  plain.xlsx      what was encrypted, as xlsxwriter made it

With files as arguments it makes nothing: it opens each in LibreOffice with the
password, and prints cell A1 of the first sheet.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unicodedata

import uno
from com.sun.star.beans import NamedValue, PropertyValue
import xlsxwriter

HERE = pathlib.Path(__file__).resolve().parent
PASSWORD = "Mật khẩu huyện Trà Cú"
APART = unicodedata.normalize("NFC", PASSWORD)
for tone in "\u0300\u0301\u0303\u0309\u0323":
    APART = "".join(
        unicodedata.normalize("NFC", unicodedata.normalize("NFD", c).replace(tone, "")) + tone
        if tone in unicodedata.normalize("NFD", c) else c
        for c in APART)


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


def encryption(password):
    values = []
    for name, value in (("CryptoType", "StrongEncryptionDataSpace"), ("OOXPassword", password)):
        v = NamedValue()
        v.Name, v.Value = name, value
        values.append(v)
    return prop("EncryptionData", uno.Any("[]com.sun.star.beans.NamedValue", tuple(values)))


def office(temp):
    """Starts LibreOffice and gives its process and its desktop."""
    pipe = "crypt%d" % os.getpid()
    process = subprocess.Popen(
        ["soffice", f"-env:UserInstallation=file://{temp}/profile", "--headless", "--norestore",
         f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(120):
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return process, there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        except Exception:
            time.sleep(0.5)
    raise SystemExit("LibreOffice does not answer")


def main():
    with tempfile.TemporaryDirectory() as temp:
        process, desktop = office(temp)
        try:
            work(desktop)
        finally:
            try:
                desktop.terminate()
            except Exception:
                pass
            process.wait()


def work(desktop):
    if len(sys.argv) > 1:
        for name in sys.argv[1:]:
            doc = desktop.loadComponentFromURL(
                pathlib.Path(name).resolve().as_uri(), "_blank", 0, (prop("Hidden", True), prop("Password", PASSWORD)))
            print(name, doc and doc.Sheets.getByIndex(0).getCellByPosition(0, 0).String)
            if doc:
                doc.close(True)
        return
    book = xlsxwriter.Workbook(str(HERE / "plain.xlsx"))
    sheet = book.add_worksheet("Biểu 03")
    sheet.write("A1", "Xã Ngọc Biên")
    sheet.write("B1", 43.2)
    for row in range(1, 200):
        sheet.write(row, 0, f"Xã {row}")
        sheet.write(row, 1, row / 7)
    book.close()
    doc = desktop.loadComponentFromURL((HERE / "plain.xlsx").as_uri(), "_blank", 0, (prop("Hidden", True),))
    for name, password in (("standard", PASSWORD), ("apart", APART), ("velvet", "VelvetSweatshop")):
        doc.storeToURL((HERE / f"{name}.xlsx").as_uri(),
                       (prop("FilterName", "Calc MS Excel 2007 XML"), encryption(password)))
    doc.close(True)


main()
