"""Writes uncomputed.xls: formulas without results, as xlwt leaves them.

usage: xls.py
"""
import os

import xlwt

book = xlwt.Workbook()
first = book.add_sheet("Biểu 01")
second = book.add_sheet("Tổng hợp")
for r in range(8):
    first.write(r, 0, r + 1)
    first.write(r, 1, (r * 7 % 10) / 10)
    first.write(r, 2, ["Đạt", "Chưa đạt", "x", "đạt"][r % 4])
for r, formula in enumerate([
    "SUM('Biểu 01'!A1:A8)", "SUM('Biểu 01'!$B$1:B$8,5)", "'Biểu 01'!A1+'Biểu 01'!B2-3", "COUNTA('Biểu 01'!C1:C8)",
    "COUNTIF('Biểu 01'!C1:C8,\"x\")", "SUBTOTAL(9,'Biểu 01'!A1:A8)", "SUM(A1:A2)+A3", "-(A1-A2)", "ROUND(A2,0)",
    "A1*2", "SUM(A1:A10)",
]):
    second.write(r, 0, xlwt.Formula(formula))
book.save(os.path.join(os.path.dirname(os.path.abspath(__file__)), "uncomputed.xls"))
