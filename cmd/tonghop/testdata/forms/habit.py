"""What makes one form differ from the next: habits, faults, columns, rows."""

from dataclasses import dataclass, field


@dataclass
class Habit:
    # the file
    writer: str = "openpyxl"            # or xlsxwriter
    libreoffice: bool = False           # passed through LibreOffice afterwards
    font: str = "Times New Roman"
    sheet: str = "Biểu 01"
    before: tuple = ()                  # extra sheets: note, list, capital, empty
    after: tuple = ()
    top: int = 1
    left: int = 1
    # the heading
    body: str = "UBND"                  # UBND, full, two lines, board, office
    title: int = 0
    period: str = "line"                # line, title, line+asof, title+asof, asof
    month_way: int = 0
    as_of_way: int = 0
    attached: bool = False              # "(Kèm theo Báo cáo số … ngày …)"
    decision: bool = False              # "(Theo Quyết định số 318/QĐ-TTg ngày 08/3/2022 …)"
    unit_line: str = ""
    # the header
    rows: str = "ci"                    # ci, gci, sci, nni, cni, cir
    criterion: str = "dot"
    indicator: str = "number"
    stt_head: str = "STT"
    name_head: str = "Tên xã"
    single_merge: bool = True
    numbers_as_numbers: bool = False    # header 17.10 stored as the number 17.1
    rotate: bool = False
    column_numbers: str = ""            # paren, letters, plain
    # marks and totals of a commune
    marks: str = ""                     # "", each (a column a criterion), block (19 at the end)
    mark_head: str = "Đánh giá"
    mark_first: bool = False
    mark_bool_singles: bool = False     # criteria 7 and 16 get a mark column besides
    words: str = "Đạt"
    mark_noise: float = 0
    mark_formula: bool = False          # criterion 10's mark by IF
    total: str = "int"                  # "", int, fraction, text, formula
    total_head: str = "Tổng số tiêu chí đạt"
    total_first: bool = False
    # figures
    numbers: tuple = ("plain",)         # the styles columns draw from
    stray: float = 0                    # share of cells in another style
    stray_styles: tuple = ("comma text", "dot text")
    blank_cells: float = 0
    not_applicable: float = 0           # share of communes without craft village
    not_due: float = 0
    # rows and columns
    stt: str = "int"                    # int, text, dot, none, in name
    names: tuple = ("bare",)
    merged_name: bool = False
    shuffle: bool = False
    sections: str = ""                  # district, status
    totals: tuple = ()                  # sum, met, share, average
    totals_top: bool = False
    total_formulas: bool = False
    blank_rows: int = 0
    blank_cols: int = 0
    hidden_rows: int = 0
    hidden_cols: int = 0
    extras: tuple = ()                  # (kind, "front" or "end")
    # below the table
    notes: tuple = ()
    place: bool = True
    signatures: str = "two"             # "", one, two


@dataclass
class Fault:
    kind: str                 # see _plant
    unit: str
    key: tuple = ()           # ("v", "10"), ("m", 5), ("im", "2.1"), ("total",)
    text: object = None       # what is typed instead


@dataclass
class Form:
    grids: list
    truth: list               # dicts
    faults: list              # dicts


@dataclass
class Col:
    kind: str
    levels: list              # (rows spanned, key, text)
    criterion: int = 0
    ind: object = None
    col: int = 0
    extra: str = ""
    style: str = "plain"


@dataclass
class Row:
    kind: str                 # commune, foreign, section, total, blank, colnum
    commune: object = None
    label: str = ""
    roman: str = ""
    typed: dict = field(default_factory=dict)
    row: int = 0
    hidden: bool = False
