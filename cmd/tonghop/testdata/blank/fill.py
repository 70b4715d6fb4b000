"""Fill a blank form in as a clerk would, and print what was typed.

usage: fill.py BLANK FILLED

Only cells that the form leaves open are filled, with what its own checks let
through. Results follow the row of thresholds, so that no result contradicts
its mark. Output: one line a cell, "F14<tab>value".
"""

import re
import sys

import openpyxl

blank, filled = sys.argv[1:3]
book = openpyxl.load_workbook(blank)
sheet = book.active

checks = {}
for check in sheet.data_validations.dataValidation:
    for area in check.sqref.ranges:
        for row in sheet[area.coord]:
            for cell in row:
                assert cell.coordinate not in checks, cell.coordinate
                checks[cell.coordinate] = check

require = next(r for r in range(1, 30) if sheet.cell(r, 3).value == "Yêu cầu")
criterion = {}
for col in range(4, sheet.max_column + 1):
    for area in sheet.merged_cells.ranges:
        if area.min_row == require - 3 and area.min_col <= col <= area.max_col:
            criterion[col] = sheet.cell(area.min_row, area.min_col).value
    criterion.setdefault(col, sheet.cell(require - 3, col).value)


def figure(text, met):
    """A result that satisfies the threshold, or one that misses it."""
    m = re.match(r"([≥≤]) ([0-9,]+)", text or "")
    if not m:
        return 91.5 if met else 40.25
    least = float(m[2].replace(",", "."))
    if m[1] == "≥":
        return least if met else round(least * 0.4, 2)
    return least if met else least * 1.5


for row in range(require + 1, sheet.max_row + 1):
    for col in range(4, sheet.max_column + 1):
        cell = sheet.cell(row, col)
        check = checks.get(cell.coordinate)
        if check is None or cell.protection.locked:
            assert check is None, cell.coordinate
            continue
        number = int(re.match(r"[0-9]+", str(criterion[col]))[0])
        met = (row + number) % 4 != 0
        if check.type == "list":
            words = check.formula1.strip('"').split(",")
            cell.value = words[0] if met else words[2]
        elif check.type == "whole":
            cell.value = 0 if met else 3
        else:
            cell.value = figure(sheet.cell(require, col).value, met)
            assert float(check.formula1) <= cell.value <= float(check.formula2), cell.coordinate
        print(cell.coordinate, cell.value, sep="\t")
book.save(filled)
