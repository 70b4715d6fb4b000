"""Writes a workbook of formulas without values, as openpyxl leaves them.

usage: make.py out.xlsx

The sheet "Công thức" has a kind in column A and a formula in column B. Of the
kind "never" none may be computed. The other sheets are what they refer to.
"""
import random
import sys

import openpyxl

ROWS = 60
rnd = random.Random(20230630)
book = openpyxl.Workbook()
data = book.active
data.title = "Số liệu"
other = book.create_sheet("Biểu 02")
plain = book.create_sheet("Data")
sums = book.create_sheet("Công thức")

# A whole numbers, B one decimal, C thousandths and signs, D with gaps and words,
# E words, F large, G with a number as text, H with an error, I parts in
# percent, J dates, K formulas that can be computed, L formulas that cannot
words = ["Đạt", "đạt", "Chưa đạt", "x", "X", "không", "-", "ĐẠT", "Đạt chuẩn"]
for sheet in (data, other, plain):
    for r in range(1, ROWS + 1):
        sheet.cell(r, 1, rnd.randint(0, 30))
        sheet.cell(r, 2, rnd.randint(0, 1000) / 10)
        sheet.cell(r, 3, rnd.randint(-99999, 99999) / 1000)
        sheet.cell(r, 4, rnd.choice([None, None, rnd.randint(-5, 5), rnd.choice(words), 2.25]))
        sheet.cell(r, 5, rnd.choice(words + [None]))
        sheet.cell(r, 6, rnd.randint(10**9, 10**12))
        sheet.cell(r, 7, "85,5" if r == 30 else rnd.randint(1, 9))
        sheet.cell(r, 8, rnd.randint(1, 9))
        sheet.cell(r, 9, rnd.randint(0, 100) / 100).number_format = "0%"
        sheet.cell(r, 10, rnd.randint(44000, 46000)).number_format = "dd/mm/yyyy"
        sheet.cell(r, 11, "=SUM(A%d:C%d)" % (r, r) if r % 2 else "=K%d+A%d-1" % (r % ROWS + 1, r))
        sheet.cell(r, 12, "=A%d*B%d" % (r, r))
    sheet.cell(40, 8).value = "#N/A"
    sheet.cell(40, 8).data_type = "e"
for r in (5, 6, 17, 48):
    data.row_dimensions[r].hidden = True

prefixes = ["'Số liệu'!", "'Biểu 02'!", "Data!"]


def dollar():
    return rnd.choice(["", "", "$"])


def cell(columns="ABCDEFIK"):
    return rnd.choice(prefixes) + dollar() + rnd.choice(columns) + dollar() + str(rnd.randint(1, ROWS + 3))


def span(columns="ABCDEFGHIJK", wide=True):
    c = rnd.choice(columns)
    if rnd.random() < 0.1:
        return "%s%s:%s" % (rnd.choice(prefixes), c, c)
    a, b = sorted((rnd.randint(1, ROWS), rnd.randint(1, ROWS + 10)))
    last = c
    if wide and rnd.random() < 0.3:
        last = rnd.choice([x for x in columns if x >= c])
    return "%s%s%s%s%d:%s%s%s%d" % (rnd.choice(prefixes), dollar(), c, dollar(), a, dollar(), last, dollar(), b)


def number():
    return rnd.choice([str(rnd.randint(0, 99)), "%.1f" % rnd.uniform(0, 9), "0.25"])


def sum_():
    some = "ABCIK" if rnd.random() < 0.5 else "ABCDEFGHIJKL"
    return "SUM(%s)" % ",".join(rnd.choice([span(some), span(some), cell(some), number()]) for _ in range(rnd.randint(1, 3)))


def chain():
    parts = []
    for n in range(rnd.randint(2, 6)):
        part = rnd.choice([cell("ABCIK"), cell("ABCIK"), cell(), number(), sum_(), "(%s-%s)" % (cell("ABC"), cell("ABC"))])
        parts.append((rnd.choice(["", "-", "+"]) if n == 0 else rnd.choice("+-")) + part)
    return "".join(parts)


def criterion():
    return rnd.choice(['"Đạt"', '"đạt"', '"=x"', '"Chưa đạt"', '">=5"', '"<10"', '">0"', '"<=3"', '"=7"', "7", "2.25", "-3", '"12"'])


def countif():
    r = span("ABDEFIK", False)
    if rnd.random() < 0.5:
        return "COUNTIF(%s,%s)" % (r, criterion())
    a, b = sorted((rnd.randint(1, ROWS), rnd.randint(1, ROWS)))
    pairs = ",".join("%s%s%d:%s%d,%s" % (rnd.choice(prefixes), c, a, c, b, criterion()) for c in rnd.sample("ABDE", rnd.randint(1, 2)))
    return "COUNTIFS(%s)" % pairs


def subtotal():
    return "SUBTOTAL(%d,%s)" % (rnd.choice([2, 3, 9, 102, 103, 109]), span("ABCDEGHK"))


def round_():
    return "ROUND(%s,%d)" % (rnd.choice([sum_, chain])(), rnd.randint(-2, 3))


def never():
    return rnd.choice([
        "%s*2" % cell("AB"), "%s/%s" % (cell("AB"), cell("AB")), "AVERAGE(%s)" % span("AB"), "IF(%s>1,1,0)" % cell("AB"),
        "SUMIF(%s,5)" % span("A", False), "SUM(%s)/COUNT(%s)" % (span("A"), span("A")), "MAX(%s)" % span("AB"),
        'COUNTIF(%s,"Đ*")' % span("E", False), 'COUNTIF(%s,"<>x")' % span("E", False), "SUM(Data:'Công thức'!A1)",
        'INDIRECT("Data!A1")', "SUM(Data!L1:L3)", "SUM(%s)%%" % span("A"), "COUNTBLANK(%s)" % span("D"), "%s+\"1\"" % cell("A"),
        "SUM(Data!A1:A9 Data!A3:B4)", "SUM(Data!A1:INDEX(Data!A1:A9,3))", "PRODUCT(%s)" % cell("A"), "SUMPRODUCT(%s)" % span("A"),
    ])


kinds = {"sum": sum_, "chain": chain, "count": lambda: "COUNT(%s)" % span("ABCDEHIJK"), "counta": lambda: "COUNTA(%s)" % span("ABCDEGHIK"),
         "countif": countif, "subtotal": subtotal, "round": round_, "never": never}
row = 1
for kind, make in kinds.items():
    for _ in range(90):
        sums.cell(row, 1, kind)
        sums.cell(row, 2, "=" + make())
        row += 1
book.save(sys.argv[1])
