"""The habits of one clerk, drawn by level: clean, moved, renamed, broken."""

from dataclasses import dataclass, field

import hand

FORMS = ("F1", "F1b", "F1d")
LEVELS = ("clean", "moved", "renamed", "broken")
PERIODS = ("2022-06", "2022-Q3", "2022", "2023-03", "2023-H1", "2023-9M", "2023-11", "2024-05", "2024-Q3")


@dataclass
class Habit:
    level: str
    form: str = "F1"  # F1, F1b, F1d
    writer: str = "openpyxl"
    font: str = "Times New Roman"
    sheet: str = "Biểu 01"
    top: int = 1
    left: int = 1
    layers: str = "c"  # rows of the header: g group, s super, n number, c criterion, i indicator
    criterion: str = "full"  # how criteria and indicators are named
    indicator: str = "number full"
    marks: str = "each"  # F1b: a mark for each criterion: each, block, ""
    mark_head: str = "Đánh giá"
    mark_first: bool = False
    signs: tuple = hand.PLAIN_MARKS[0]
    legend: str = ""
    numbers: tuple = ("plain",)
    stray: float = 0.0  # share of cells written in another way than their column
    names: tuple = ("Xã",)
    stt: str = "int"
    code_column: bool = False
    total: str = "int"  # int, fraction, text, formula
    total_head: str = "Tổng số tiêu chí đạt"
    total_first: bool = False
    column_numbers: str = ""
    rows: tuple = ()  # total rows: sum, met, share, average
    rows_first: bool = False
    row_formulas: bool = False
    sections: bool = False
    shuffle_rows: bool = False
    shuffle_groups: bool = False
    towns: bool = False
    blank_rows: int = 0
    blank_cols: int = 0
    hidden_rows: int = 0
    hidden_cols: int = 0
    extras: tuple = ()  # columns beside: note, year, population, change
    merged_name: bool = False
    unmerged: bool = False
    turned: bool = False
    title_rows: int = 0
    period_in: str = "line"
    as_of: bool = False
    heading: str = "two"
    repeat_header: bool = False
    glue: float = 0.0
    slips: int = 0
    numeric_heads: bool = False
    nfd: bool = False
    others: tuple = ()
    other_first: bool = False
    encoding: str = ""  # one of old.ENCODINGS
    signature: bool = True

    def write_old(self, encoding):
        """Every text in an encoding of old.py, where it has the letters."""
        self.encoding, self.nfd, self.slips = encoding, False, 0
        self.signs, self.legend = hand.PLAIN_MARKS[0], ""
        self.names = tuple("Xã" if n in ("nfd", "no accents") else n for n in self.names)


LAYERS = {"F1": ["c", "gc", "nc", "gnc", "sc"], "F1b": ["ci", "gci", "nci", "sci"], "F1d": ["ci", "gci"]}
MARK_HEADS = ["Đánh giá", "Đạt/Chưa đạt", "Kết quả đánh giá", "Tự đánh giá", "Đánh giá tiêu chí"]
TOTAL_HEADS = ["Tổng số tiêu chí đạt", "Số tiêu chí đạt", "Tổng số tiêu chí đạt chuẩn", "Tổng số TC đạt", "Tổng tiêu chí đạt"]
SHEETS = ["Biểu 01", "Sheet1", "NTM", "BTC xã", "Phụ lục I", "Bieu NTM"]


def draw(rng, level, forms=FORMS):
    h = Habit(level)
    h.form = rng.choice(forms)
    h.writer = rng.choice(["openpyxl", "xlsxwriter"])
    h.layers = rng.choice(LAYERS[h.form])
    h.criterion = rng.choice(["number full", "number full", "TC full", "full", "full dot"])
    h.indicator = rng.choice(["number full", "number short", "number full colon"])
    h.marks = "" if h.form == "F1" else rng.choice(["each", "each", "block", ""]) if h.form == "F1b" else rng.choice(["", "each"])
    h.mark_head = rng.choice(MARK_HEADS)
    h.signs = rng.choice(hand.PLAIN_MARKS)
    h.numbers = rng.choice([("plain",), ("plain",), ("plain", "fixed"), ("percent",)])
    h.names = (rng.choice(["Xã", "bare", "xã", "XÃ"]),)
    h.stt = rng.choice(["int", "int", "text"])
    h.total = rng.choice(["int", "int", "fraction"])
    h.total_head = rng.choice(TOTAL_HEADS)
    h.column_numbers = rng.choice(["", "", "paren", "letters"])
    h.rows = rng.choice([(), ("sum",), ("met",), ("met", "share")])
    h.extras = rng.choice([(), ("note",), ("year", "note")])
    h.period_in = rng.choice(["line", "title"])
    h.as_of = rng.random() < 0.3
    h.heading = rng.choice(["two", "one", "province"])
    h.turned = rng.random() < 0.2
    h.signature = rng.random() < 0.8
    h.sheet = rng.choice(SHEETS)
    h.font = rng.choice(["Times New Roman", "Times New Roman", "Arial", "Calibri"])
    if level in ("moved", "renamed", "broken"):
        _moved(rng, h, 1.0 if level == "moved" else 0.4)
    if level in ("renamed", "broken"):
        _renamed(rng, h, 1.0 if level == "renamed" else 0.4)
    if level == "broken" and rng.random() < 0.3:
        h.encoding = rng.choice(["TCVN3", "VNI"])
        h.nfd, h.slips = False, 0
        h.names = (rng.choice(["Xã", "bare", "xã"]),)
        h.signs, h.legend = hand.PLAIN_MARKS[0], ""
    if h.writer in ("openpyxl", "xlwt"):
        h.row_formulas = False
        h.total = "int" if h.total == "formula" else h.total
    return h


def _moved(rng, h, much):
    def now(share):
        return rng.random() < share * much
    if now(0.7):
        h.top, h.left = rng.randint(1, 14), rng.randint(1, 7)
    h.title_rows = rng.choice([0, 1, 3]) if now(0.6) else 0
    if now(0.8):
        h.numbers = tuple(rng.sample(hand.NUMBERS, rng.randint(1, 3)))
        h.stray = rng.choice([0, 0.03, 0.1])
    if now(0.5):
        h.signs = rng.choice(hand.SIGNS)
    elif now(0.3):
        h.signs, h.legend = rng.choice(hand.WITH_LEGEND)
    if now(0.7):
        h.names = tuple(rng.sample(hand.NAME_STYLES[:-1], rng.choice([1, 2, 4])))
    if now(0.5):
        h.stt = rng.choice(["none", "text", "dot"])
    h.blank_rows, h.blank_cols = (rng.randint(0, 2), rng.randint(0, 2)) if now(0.6) else (0, 0)
    h.hidden_rows, h.hidden_cols = (rng.randint(0, 1), rng.randint(0, 2)) if now(0.4) else (0, 0)
    h.extras = tuple(rng.sample(["note", "year", "population", "change"], rng.randint(0, 3))) if now(0.6) else h.extras
    h.merged_name, h.unmerged = now(0.2), now(0.15)
    h.nfd = now(0.2)
    h.repeat_header = now(0.12)
    h.code_column = now(0.15)
    h.others = tuple(rng.sample(["capital", "note", "list", "ocop", "empty"], rng.randint(0, 3))) if now(0.6) else ()
    h.other_first = rng.random() < 0.5


def _renamed(rng, h, much):
    def now(share):
        return rng.random() < share * much
    h.writer = rng.choice(["openpyxl", "xlsxwriter", "xlwt", "odf"])
    if now(0.75):
        h.criterion = rng.choice(["short", "number short", "number", "TC", "full", "capitals", "number threshold"])
        h.indicator = rng.choice(["number", "number", "short", "name", "number short", "paren", "CT", "number threshold"])
        if h.form == "F1" and h.criterion == "number threshold":
            h.criterion = "number short"
        if h.criterion in ("number", "TC") and h.layers in ("nc", "gnc", "nci"):
            h.layers = {"nc": "c", "gnc": "gc", "nci": "ci"}[h.layers]
    h.numeric_heads = now(0.3)
    h.slips = rng.randint(1, 3) if now(0.4) else 0
    h.glue = 0.15 if now(0.3) else 0
    h.mark_head = rng.choice(MARK_HEADS + ["ĐG", "KQ", "Đạt/Không đạt", "Tự ĐG"])
    h.mark_first = now(0.2)
    h.total_head = rng.choice(TOTAL_HEADS + ["Số TC đạt", "TS TC đạt", "Cộng"])
    h.total = rng.choice(["int", "fraction", "text", "formula"])
    h.total_first = now(0.3)
    h.shuffle_groups = now(0.4)
    h.shuffle_rows = now(0.5)
    h.sections = now(0.4)
    h.towns = now(0.3)
    h.rows = rng.choice([("sum",), ("met",), ("met", "share"), ("sum", "average"), ()])
    h.rows_first = now(0.4)
    h.row_formulas = now(0.6)
    h.sheet = rng.choice(SHEETS + ["KQ", "T.hop", "bang 1", "Sheet2 (2)"])
    if now(0.3):
        h.names = tuple(sorted(set(h.names) | {"no accents"}))
