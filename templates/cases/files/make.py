"""Makes the text files of cases from the grid tieu-chi: letters and separators as no workbook has them.

    /usr/bin/python3 make.py
"""
import csv
import io
import pathlib

here = pathlib.Path(__file__).parent
rows = list(csv.reader((here.parent / "bases" / "tieu-chi.csv").open(encoding="utf-8")))


def text(separator):
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


# One byte of a letter was lost on the way: "Ố" of the remark below the table.
whole = (text(",") + "Ghi chú: số liệu sơ bộ\n").encode("utf-8")
(here / "mat-ky-tu.csv").write_bytes(whole.replace("số liệu".encode(), "s\xe1 li\xe1".encode("latin-1") + "ệu".encode()))

# Few letters with marks: Windows-1258 and another encoding read them as well.
plain = "UBND Thi xa Duyen Hai\nBO TIEU CHI XA NONG THON MOI\nThang 6 nam 2023\n,\n" + "\n".join(
    ",".join(r) for r in rows[4:]).replace("Đạt", "x").replace("Xã ", "").replace("Tổng số tiêu chí đạt", "Tong so tieu chi dat")
plain = plain.replace("Tên xã", "Ten xa").replace("Long Hữu", "Long Huu").replace("Dân Thành", "Dan Thành").replace("Trường Long Hòa", "Truong Long Hoa").replace(
    "Hiệp Thạnh", "Hiep Thanh").replace("Toàn", "Toan")
(here / "bang-ma.csv").write_bytes(plain.encode("latin-1"))

# Two signs part the cells equally well.
names = [r[1] for r in rows[5:]]
both = "\n".join(["Xã|Kết quả;Ghi chú"] + [f"{n}|Đạt;không" for n in names])
(here / "dau-ngan.csv").write_text(both + "\n", encoding="utf-8")
