"""How clerks spell: names of communes, figures, marks, headings, periods."""

import calendar
import re
import unicodedata

from ntm import BASIC, CRITERIA, MET, NA, NOT_MET, P

# classic and modern tone placement in open oa, oe, uy
_CLASSIC = {}
for _base, _toned in (("oa", "òóỏõọ|àáảãạ"), ("oe", "òóỏõọ|èéẻẽẹ"), ("uy", "ùúủũụ|ỳýỷỹỵ")):
    _first, _second = _toned.split("|")
    for _a, _b in zip(_first, _second):
        _CLASSIC[_a + _base[1]] = _base[0] + _b
_MODERN = {v: k for k, v in _CLASSIC.items()}


def swap_tone(text):
    """Hòa becomes Hoà and Hoà becomes Hòa; quý and hoàn stay."""
    def one(word):
        tail = word[-2:]
        if len(word) > 2 and word[-3:-2].lower() != "q":
            if tail in _CLASSIC:
                return word[:-2] + _CLASSIC[tail]
            if tail in _MODERN:
                return word[:-2] + _MODERN[tail]
        return word
    return " ".join(one(w) for w in text.split(" "))


NAME_WAYS = {
    "bare": lambda n: n,
    "Xã": lambda n: "Xã " + n,
    "xã": lambda n: "xã " + n,
    "X.": lambda n: "X. " + n,
    "X.tight": lambda n: "X." + n,
    "CAPS": lambda n: n.upper(),
    "XÃ CAPS": lambda n: "XÃ " + n.upper(),
    "lower": lambda n: "xã " + n.lower(),
    "blanks": lambda n: "  Xã  " + n.replace(" ", "  ") + " ",
    "nbsp": lambda n: "Xã\u00a0" + n.replace(" ", "\u00a0"),
    "tone": swap_tone,
    "Xã tone": lambda n: "Xã " + swap_tone(n),
    "NFD": lambda n: unicodedata.normalize("NFD", "Xã " + n),
    "eth": lambda n: "Xã " + n.replace("Đ", "Ð"),
    "break": lambda n: "Xã\n" + n,
}
# A thị trấn of the same district has the same bare name: keep the type.
_NEED_TYPE = {"Định An", "Mường Tè"}


def spell_name(name, way):
    if name in _NEED_TYPE and way in ("bare", "CAPS", "tone"):
        way = "Xã"
    return NAME_WAYS[way](name)


MARK_WORDS = {
    "Đạt": {MET: "Đạt", NOT_MET: "Chưa đạt", BASIC: "Cơ bản đạt", NA: "Không áp dụng"},
    "đạt": {MET: "đạt", NOT_MET: "chưa đạt", BASIC: "cơ bản đạt", NA: "không áp dụng"},
    "ĐẠT": {MET: "ĐẠT", NOT_MET: "CHƯA ĐẠT", BASIC: "CƠ BẢN ĐẠT", NA: "KHÔNG ÁP DỤNG"},
    "Không đạt": {MET: "Đạt", NOT_MET: "Không đạt", BASIC: "Cơ bản đạt", NA: "Không áp dụng"},
    "Đ": {MET: "Đ", NOT_MET: "KĐ", BASIC: "Cơ bản đạt", NA: "Không áp dụng"},
    "x": {MET: "x", NOT_MET: "Chưa đạt", BASIC: "Cơ bản đạt", NA: "Không áp dụng"},
}


def spell_mark(rng, mark, words, noise):
    text = MARK_WORDS[words][mark]
    if rng.random() < noise:
        text = rng.choice([text + " ", " " + text, text.lower(), text.upper(),
                           unicodedata.normalize("NFD", text), text.replace(" ", "  "), text + "\u00a0"])
    return text


def comma(d):
    return format(d, "f").replace(".", ",")


def spell_number(rng, d, style, kind):
    """One figure as a cell: value, number format, formula."""
    plain = int(d) if d == d.to_integral_value() else float(d)
    if kind != P and style in ("percent text", "percent format"):
        style = "comma text"
    if style == "comma text":
        return comma(d), "General", ""
    if style == "dot text":
        return format(d, "f"), "General", ""
    if style == "percent text":
        return comma(d) + rng.choice(["%", " %"]), "General", ""
    if style == "percent format":
        return float(d / 100), rng.choice(["0%", "0.0%", "0.00%"]), ""
    if style == "text format":
        return comma(d), "@", ""
    if style == "fixed":
        return plain, rng.choice(["0.0", "0.00", "#,##0.0", "#,##0.00"]), ""
    if style == "formula" and kind == P and plain:
        whole = rng.choice([200, 400, 1000, 1200, 1600, 2000, 2500]) * (1 if d * 10 % 1 == 0 else 5)
        part = d * whole / 100
        if part == part.to_integral_value():
            return plain, "General", f"ROUND({int(part)}/{whole}*100,2)"
    return plain, "General", ""


CRITERION_WAYS = {
    "colon": lambda n, full, short: f"Tiêu chí {n}: {full}",
    "dot": lambda n, full, short: f"{n}. {full}",
    "dot short": lambda n, full, short: f"{n}. {short}",
    "TC dash": lambda n, full, short: f"TC{n} - {full}",
    "TC dot": lambda n, full, short: f"TC {n}. {short}",
    "about": lambda n, full, short: f"Tiêu chí số {n} về {full}",
    "caps": lambda n, full, short: f"{n}. {full.upper()}",
    "break": lambda n, full, short: f"Tiêu chí {n}\n{full}",
    "TC": lambda n, full, short: f"TC{n}",
    "word": lambda n, full, short: f"Tiêu chí {n}",
    "number": lambda n, full, short: str(n),
    "name": lambda n, full, short: full,
    "short": lambda n, full, short: short,
}

INDICATOR_WAYS = {
    "number": lambda i: i.no,
    "dot full": lambda i: f"{i.no}. {i.name}",
    "full": lambda i: f"{i.no} {i.name}",
    "dot short": lambda i: f"{i.no}. {i.short}",
    "short": lambda i: f"{i.no} {i.short}",
    "colon": lambda i: f"{i.no}: {i.short}",
    "CT": lambda i: f"CT {i.no}",
    "Chỉ tiêu": lambda i: f"Chỉ tiêu {i.no}",
    "break": lambda i: f"{i.no}\n{i.short}",
    "name": lambda i: i.name,
    "name short": lambda i: i.short,
    "tone": lambda i: f"{i.no}. {swap_tone(i.name)}",
}


def spell_criterion(n, way):
    full, short = CRITERIA[n]
    return CRITERION_WAYS[way](n, full, short)


def months_end(year, month):
    return calendar.monthrange(year, month)[1]


def next_month(year, month):
    return (year + 1, 1) if month == 12 else (year, month + 1)


def doc_date(day, month, year):
    """Official style: a zero before days under 10 and months under 3."""
    m = f"{month:02d}" if month < 3 else str(month)
    return f"{day:02d}/{m}/{year}"


MONTH_WAYS = [
    lambda y, m: f"Tháng {m} năm {y}",
    lambda y, m: f"Tháng {m:02d} năm {y}",
    lambda y, m: f"Tháng {m}/{y}",
    lambda y, m: f"Tháng {m:02d}/{y}",
    lambda y, m: f"(Tháng {m} năm {y})",
    lambda y, m: f"Kỳ báo cáo: Tháng {m}/{y}",
    lambda y, m: f"Kỳ báo cáo: tháng {m:02d} năm {y}",
    lambda y, m: f"THÁNG {m} NĂM {y}",
]

AS_OF_WAYS = [
    lambda d, m, y: f"(Tính đến ngày {doc_date(d, m, y)})",
    lambda d, m, y: f"Tính đến ngày {d:02d}/{m:02d}/{y}",
    lambda d, m, y: f"(Số liệu tính đến ngày {d} tháng {m} năm {y})",
    lambda d, m, y: f"Số liệu tính đến hết ngày {doc_date(d, m, y)}",
]

TITLES = [
    "BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI",
    "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI GIAI ĐOẠN 2021-2025",
    "TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU XÃ NÔNG THÔN MỚI",
    "BÁO CÁO TIẾN ĐỘ THỰC HIỆN BỘ TIÊU CHÍ XÃ NTM",
    "BIỂU TỔNG HỢP MỨC ĐỘ ĐẠT CHUẨN NÔNG THÔN MỚI CẤP XÃ",
    "Biểu số 01: Kết quả thực hiện Bộ tiêu chí xã nông thôn mới",
]


def office_short(office):
    """TX. Duyên Hải, TP. Trà Vinh; a huyện stays."""
    return {"thị xã": "TX. ", "thành phố": "TP. ", "huyện": "huyện "}[office.kind] + office.name


def roman(n):
    return ["", "I", "II", "III", "IV", "V"][n]


def is_number_text(text):
    return bool(re.fullmatch(r"\d+(\.\d+)?", text))
