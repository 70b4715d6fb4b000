"""Writes rich.xls with xlwt: texts whose parts have several fonts."""
import xlwt

book = xlwt.Workbook(encoding="utf-8")
sheet = book.add_sheet("A")


def font(name):
    f = xlwt.Font()
    f.name = name
    return f


sheet.write_rich_text(0, 0, (("X· Long §øc", font(".VnTime")), (" (Trà Cú)", font("Times New Roman"))))
sheet.write_rich_text(1, 0, ("Huyện ", ("Trµ Có", font(".VnTime")), " 😀 ", ("cÇu kÌ", font(".VnTimeH"))))
sheet.write_rich_text(2, 0, (("X· mét", font(".VnTime")),))
book.save("rich.xls")
