#!/usr/bin/python3
"""Makes files of other formats from one small workbook, with soffice and
openpyxl; run it in this folder."""
import subprocess, os
import openpyxl

wb = openpyxl.Workbook()
wb.active["A1"] = "Xã Ngọc Biên"
wb.save("small.xlsx")
with open("small.txt", "w", encoding="utf-8") as f:
    f.write("Xã Ngọc Biên\n")
for to in ("xls", "ods", "pdf", "html", "csv:Text - txt - csv (StarCalc):44,34,76,1", "fods"):
    subprocess.run(["soffice", "--headless", "--convert-to", to, "small.xlsx"], check=True, stdout=subprocess.DEVNULL)
for to in ("docx", "rtf", "odt"):
    subprocess.run(["soffice", "--headless", "--convert-to", to, "small.txt"], check=True, stdout=subprocess.DEVNULL)
os.remove("small.txt")
