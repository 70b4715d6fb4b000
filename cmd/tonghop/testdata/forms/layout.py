"""Builds one form F1b from a district's results and one clerk's habits.

build() returns the grids of the workbook together with the truth: for every
source cell which unit and field it belongs to and what it says. The truth is
recorded at the moment a cell is written, so it holds by construction.
"""

from decimal import ROUND_HALF_UP, Decimal

import spelling as sp
from books import Grid, a1
from habit import Fault, Form, Habit, Row  # noqa: F401  (named by those who call build)
from header import Header
from ntm import BASIC, BY_CRITERION, MET, NA, NOT_MET, P, norm, single


class Builder(Header):
    def __init__(self, office, year, month, communes, habit, rng, faults=(), foreign=None):
        self.o, self.year, self.month, self.h, self.rng = office, year, month, habit, rng
        self.communes, self.foreign = communes, foreign
        self.planned = list(faults)
        self.truth, self.faults = [], []
        self.g = Grid(habit.sheet)

    # --- rows --------------------------------------------------------------

    def plan_rows(self):
        h, rng = self.h, self.rng
        gone = {f.unit for f in self.planned if f.kind == "missing"}
        rows = [Row("commune", c) for c in self.communes if c.code not in gone]
        if h.shuffle:
            rng.shuffle(rows)
        for f in self.planned:
            if f.kind == "foreign":
                rows.insert(rng.randint(1, len(rows)), Row("foreign", self.foreign))
            elif f.kind == "duplicate":
                rows.append(Row("commune", f.text))
        for r in rows:
            for c in self.cols:
                r.typed[c.col] = self._typed(r, c)
        self._plant(rows)
        self.people = list(rows)
        if h.sections == "district":
            rows.insert(0, Row("section", label=self.o.full[:1].upper() + self.o.full[1:], roman="I"))
        elif h.sections == "status":
            done = [r for r in rows if r.commune.total == 19]
            rest = [r for r in rows if r.commune.total != 19]
            rows = []
            if done:
                rows += [Row("section", label="Các xã đã đạt chuẩn nông thôn mới", roman="I")] + done
            if rest:
                rows += [Row("section", label="Các xã đang phấn đấu", roman=sp.roman(2 if done else 1))] + rest
        for _ in range(h.blank_rows):
            rows.insert(rng.randint(1, len(rows)), Row("blank"))
        totals = [Row("total", label=k) for k in h.totals]
        rows = totals + rows if h.totals_top else rows + totals
        if h.column_numbers:
            rows.insert(0, Row("colnum"))
        for r in rng.sample([r for r in rows if r.kind in ("commune", "blank", "colnum")], h.hidden_rows):
            r.hidden = True
        self.rows = rows

    def _typed(self, row, col):
        """What stands in the cell of a commune: value, format, formula, truth."""
        h, rng, c = self.h, self.rng, row.commune
        if col.kind in ("ind", "indmark", "mark"):
            if col.kind == "ind":
                result, no = c.result[col.ind.no], col.ind.no
            elif col.kind == "mark":
                result, no = c.status[col.criterion], "TC"
            else:
                result, no = self._indicator_mark(c, col.ind), "im"
            if no == "13.4" and c.status[13] == MET and rng.random() < h.not_applicable:
                result = NA
            if rng.random() < h.blank_cells and no != "13.4":
                return None, "General", "", ("", "", "not_reported")
            if isinstance(result, str):
                text = sp.spell_mark(rng, result, h.words, h.mark_noise)
                return text, "General", "", ("", result, NA if result == NA else "")
            if rng.random() < h.not_due and no == "15.4":
                return rng.choice(["Chưa đến kỳ", "Chưa đến hạn"]), "General", "", ("", "", "not_due")
            style = col.style if rng.random() >= h.stray else rng.choice(h.stray_styles)
            value, fmt, formula = sp.spell_number(rng, result, style, col.ind.kind if col.ind.no != "16" else P)
            return value, fmt, formula, (format(result, "f"), "", "zero" if result == 0 else "")
        if col.kind == "total":
            n = c.total
            value = {"int": n, "fraction": f"{n}/19", "text": str(n), "formula": n}[h.total]
            return value, "General", "", (str(n), "", "zero" if n == 0 else "")
        return None

    def _indicator_mark(self, c, ind):
        """A figure that misses its line carries the criterion's own mark."""
        v = c.result[ind.no]
        if c.status[ind.criterion] == MET:
            return MET
        if ind.no in ("10", "16") or single(ind.criterion):
            return c.status[ind.criterion]
        low, high = ind.met
        return MET if low <= v <= high else c.status[ind.criterion]

    def _plant(self, rows):
        for f in self.planned:
            if f.kind in ("missing", "foreign", "duplicate"):
                continue
            row = next(r for r in rows if r.commune.code == f.unit and r.kind == "commune")
            col = self._find(f.key)
            if col is None:
                continue
            value, fmt, formula, truth = row.typed[col.col]
            if f.kind == "wrong_total":
                n = int(truth[0]) + (1 if int(truth[0]) < 19 else -1) if f.text is None else f.text
                row.typed[col.col] = (f"{n}/19" if self.h.total == "fraction" else n, "General", "", (str(n), "", ""))
            elif f.kind == "out_of_range":
                row.typed[col.col] = (f.text, "General", "", (str(f.text).replace(",", "."), "", ""))
            elif f.kind in ("ambiguous_mark", "garbage"):
                row.typed[col.col] = (f.text, "General", "", ("", "", "unreadable"))
            elif f.kind == "short_mark":
                row.typed[col.col] = (f.text, "General", "", ("", BASIC, ""))
            elif f.kind == "blank":
                row.typed[col.col] = (None, "General", "", ("", "", "not_reported"))
            elif f.kind == "value_against_mark":
                row.typed[col.col] = (f.text, "General", "", (format(norm(Decimal(str(f.text).replace(",", "."))), "f"), "", ""))
            elif f.kind == "no_cached_value":
                row.typed[col.col] = (None, "General", f.text, ("", "", "unreadable"))
            else:
                raise ValueError(f.kind)
            f.done = (row, col)

    def _find(self, key):
        for c in self.cols:
            if key == ("total",) and c.kind == "total":
                return c
            if key[0] == "v" and c.kind == "ind" and c.ind.no == key[1]:
                return c
            if key[0] == "m" and c.kind == "mark" and c.criterion == key[1]:
                return c
            if key[0] == "im" and c.kind == "indmark" and c.ind.no == key[1]:
                return c
        if key[0] == "m" and single(key[1]):
            return self._find(("im", str(key[1]))) or self._find(("v", str(key[1])))
        return None

    # --- drawing -----------------------------------------------------------

    def build(self):
        h = self.h
        self.columns()
        for c in self.cols:
            c.style = self.rng.choice(h.numbers)
        self.plan_rows()
        self.row = h.top
        self._heading()
        self._header()
        first = self.row
        for r in self.rows:
            r.row = self.row
            self.row += 1
        self._people()
        for r in self.rows:
            self._other(r)
            if r.hidden:
                self.g.hidden_rows.add(r.row)
        self._below()
        self._record_faults()
        hideable = [c.col for c in self.cols if c.kind in ("ind", "extra", "blank")]
        self.g.hidden_cols |= set(self.rng.sample(hideable, h.hidden_cols))
        self._looks(first)
        grids = [self._sheet(k) for k in h.before] + [self.g] + [self._sheet(k) for k in h.after]
        return Form(grids, self.truth, self.faults)

    def _line(self, left=None, right=None, centre=None, style="plain", tall=0):
        h, g, last = self.h, self.g, self.cols[-1].col
        if left:
            g.put(self.row, h.left, left, "center" if style == "plain" else style)
            g.merge(self.row, h.left, self.row, h.left + 5)
        if right:
            at = h.left + max(8, min(len(self.cols) // 2, 20))
            g.put(self.row, at, right, "center")
            g.merge(self.row, at, self.row, at + 8)
        if centre:
            g.put(self.row, h.left, centre, style)
            g.merge(self.row, h.left, self.row, min(last, h.left + 28))
        if tall:
            g.heights[self.row] = tall
        self.row += 1

    def _heading(self):
        h, o, y, m = self.h, self.o, self.year, self.month
        ny, nm = sp.next_month(y, m)
        upper = o.full.upper()
        body = {
            "UBND": (f"UBND {upper}", "PHÒNG NÔNG NGHIỆP VÀ PTNT" if o.kind == "huyện" else "PHÒNG KINH TẾ"),
            "full": (f"ỦY BAN NHÂN DÂN\n{upper}", f"Số: {100 + m}/BC-UBND"),
            "two lines": (f"UBND TỈNH {o.province_name.upper()}", f"UBND {upper}"),
            "board": (f"BAN CHỈ ĐẠO CÁC CTMTQG\n{upper}", f"Số: {10 + m}/BC-BCĐ"),
            "office": (f"UBND {sp.office_short(o).upper()}", "VĂN PHÒNG ĐIỀU PHỐI NTM"),
        }[h.body]
        self._line(body[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", tall=32 if "\n" in body[0] else 0)
        self._line(body[1], "Độc lập - Tự do - Hạnh phúc")
        self.row += 1
        title = sp.TITLES[h.title]
        if "title" in h.period:
            title += f"\nTHÁNG {m} NĂM {y}"
        self._line(centre=title, style="title", tall=40)
        if h.decision:
            self._line(centre="(Theo Quyết định số 318/QĐ-TTg ngày 08/3/2022 của Thủ tướng Chính phủ)", style="italic")
        if h.attached:
            self._line(centre=f"(Kèm theo Báo cáo số {200 + m}/BC-UBND ngày {sp.doc_date(5, nm, ny)} của UBND {o.full})",
                       style="italic")
        if "line" in h.period:
            self._line(centre=sp.MONTH_WAYS[h.month_way](y, m), style="italic")
        if "asof" in h.period:
            self._line(centre=sp.AS_OF_WAYS[h.as_of_way](sp.months_end(y, m), m, y), style="italic")
        if h.unit_line:
            at = min(self.cols[-1].col, h.left + 24)
            self.g.put(self.row, at, h.unit_line, "right")
            self.row += 1
        elif self.rng.random() < 0.5:
            self.row += 1

    def _people(self):
        h, g, n = self.h, self.g, 0
        for r in self.rows:
            if r.kind == "section":
                n = 0 if h.sections == "status" and self.rng.random() < 0.5 else n
            if r.kind not in ("commune", "foreign"):
                continue
            n += 1
            for c in self.cols:
                if c.kind == "stt":
                    g.put(r.row, c.col, {"int": n, "text": f"{n:02d}", "dot": f"{n}."}[h.stt])
                elif c.kind == "name":
                    name = sp.spell_name(r.commune.name, self.rng.choice(h.names))
                    if h.stt == "in name":
                        name = f"{n}. {name.strip()}"
                    g.put(r.row, c.col, name, "name")
                    if h.merged_name:
                        g.merge(r.row, c.col, r.row, c.col + 1)
                elif c.kind == "extra":
                    g.put(r.row, c.col, self._extra_value(c.extra, r.commune))
                elif c.kind in ("blank", "name2"):
                    g.put(r.row, c.col, None)
                else:
                    value, fmt, formula, truth = r.typed[c.col]
                    if c.kind == "total" and h.total == "formula" and not formula:
                        formula = self._count_marks(r, value)
                    if c.kind == "mark" and c.criterion == 10 and h.mark_formula and value is not None:
                        formula = self._income_formula(r, truth)
                        if formula:
                            value = "Đạt" if truth[1] == MET else "Chưa đạt"
                    g.put(r.row, c.col, value, "cell", fmt, formula)
                    if r.kind == "commune":
                        self._say(r, c, truth)

    def _say(self, r, c, truth):
        f = {"ind": lambda: c.ind.no, "indmark": lambda: c.ind.no, "total": lambda: "total_met",
             "mark": lambda: str(c.criterion) if single(c.criterion) else f"TC{c.criterion}"}[c.kind]()
        self.truth.append({"sheet": self.g.name, "cell": a1(r.row, c.col), "unit_code": r.commune.code,
                           "field": f, "value": truth[0], "mark": truth[1], "empty": truth[2]})

    def _count_marks(self, r, n):
        """19 cells hold the marks; the formula must yield what the truth says."""
        cells = []
        for k in BY_CRITERION:
            c = self._find(("m", k))
            if c is None or c.kind != "mark" and not isinstance(r.commune.result[str(k)], str):
                return ""
            cells.append(c)
        if sum(1 for c in cells if r.typed[c.col][3][1] == MET) != n:
            return ""
        return "+".join(f'COUNTIF({a1(r.row, c.col)},"Đạt")' for c in cells)

    def _income_formula(self, r, truth):
        c = self._find(("v", "10"))
        v = r.typed[c.col][0]
        line = (53 if self.o.province == "84" else 39) + 3 * (self.year - 2022)
        if isinstance(v, str) or v is None or truth[1] not in (MET, NOT_MET) or (v >= line) != (truth[1] == MET):
            return ""
        return f'IF({a1(r.row, c.col)}>={line},"Đạt","Chưa đạt")'

    def _extra_value(self, kind, c):
        rng = self.rng
        if kind == "year":
            return rng.choice([2015, 2017, 2019, 2020, 2021, "QĐ 1234/QĐ-UBND"]) if c.total == 19 else None
        if kind == "population":
            return rng.choice([rng.randint(4000, 14000), f"{rng.randint(4, 14)}.{rng.randint(100, 999)}"])
        if kind == "hamlets":
            return rng.randint(5, 14)
        if kind == "delta":
            return rng.choice(["100", "102,5%", "101,3", None])
        if kind == "change":
            return rng.choice([0, 0, 1, "+1", "-", None])
        if kind == "previous":
            return max(1, c.total - rng.choice([0, 0, 1, 2]))
        if kind == "group":
            return rng.choice(["I", "II", "III"])
        if c.total == 19:
            return rng.choice([None, None, None, "Giữ vững tiêu chí"])
        return rng.choice([None, None, "Phấn đấu cuối năm", "ĐK 2024", "Đang hoàn thiện hồ sơ"])

    def _other(self, r):
        g, h = self.g, self.h
        if r.kind == "blank":
            for c in self.cols:
                g.put(r.row, c.col, None)
        elif r.kind == "colnum":
            n = 0
            for c in self.cols:
                if c.kind in ("blank", "name2"):
                    g.put(r.row, c.col, None, "colnum")
                    continue
                n += 1
                text = f"({n})" if h.column_numbers == "paren" else n
                if h.column_numbers == "letters":
                    early = sum(1 for k in self.cols if k.kind in ("stt", "name"))
                    text = "AB"[n - 1] if n <= early else n - early
                g.put(r.row, c.col, text, "colnum")
        elif r.kind == "section":
            for c in self.cols:
                text = {"stt": r.roman, "name": r.label}.get(c.kind)
                g.put(r.row, c.col, text, "sumname" if c.kind == "name" else "sum")
        elif r.kind == "total":
            self._total_row(r)

    def _total_row(self, r):
        g, h = self.g, self.h
        label = {"sum": self.rng.choice(["Tổng cộng", "TỔNG CỘNG", "Tổng số", "Toàn huyện" if self.o.kind == "huyện" else "Cộng"]),
                 "met": self.rng.choice(["Số xã đạt", "Tổng số xã đạt", "Số xã đạt tiêu chí"]),
                 "share": self.rng.choice(["Tỷ lệ (%)", "Tỷ lệ % xã đạt"]),
                 "average": self.rng.choice(["Bình quân", "Bình quân/xã", "BQ"])}[r.label]
        merged = self.cols[0].kind == "stt" and self.rng.random() < 0.4 and not h.merged_name
        for c in self.cols:
            if c.kind == "stt":
                g.put(r.row, c.col, label if merged else None, "sumname")
                if merged:
                    g.merge(r.row, c.col, r.row, c.col + 1)
            elif c.kind == "name":
                g.put(r.row, c.col, None if merged else label, "sumname")
            else:
                value, fmt, formula = self._summed(r.label, c)
                g.put(r.row, c.col, value, "sum", fmt, formula)

    def _summed(self, what, c):
        if c.kind not in ("ind", "mark", "indmark", "total"):
            return None, "General", ""
        truths = [r.typed[c.col][3] for r in self.people]
        figures = [Decimal(t[0]) for t in truths if t[0] != ""]
        rows = [r.row for r in self.people]
        span = f"{a1(min(rows), c.col)}:{a1(max(rows), c.col)}"
        live = self.h.total_formulas
        numeric = all(isinstance(r.typed[c.col][0], (int, float)) and r.typed[c.col][1][-1] != "%" for r in self.people)
        if what in ("met", "sum", "share") and c.kind != "total" and not figures:
            met = sum(1 for t in truths if t[1] == MET)
            formula = f'COUNTIF({span},"Đạt")' if live and self.h.words == "Đạt" and not self.h.mark_noise else ""
            if what == "share":
                # of the rows present, as a fraction in percent format
                share = float(Decimal(met) / len(truths))
                return share, "0.0%", f"{formula}/{len(truths)}" if formula else ""
            return met, "General", formula
        if not figures:
            return None, "General", ""
        if c.kind == "total" and what == "sum":
            return int(sum(figures)), "General", f"SUM({span})" if live and numeric else ""
        if what == "average":
            mean = (sum(figures) / len(figures)).quantize(Decimal("0.1"), ROUND_HALF_UP)
            formula = f"ROUND(AVERAGE({span}),1)" if live and numeric and len(figures) == len(truths) else ""
            return float(mean), "General", formula
        return None, "General", ""

    def _below(self):
        h, g, o = self.h, self.g, self.o
        self.row += 1
        for text in h.notes:
            g.put(self.row, h.left, text, "plain")
            self.row += 1
        right = h.left + max(8, min(len(self.cols) - 6, 24))
        ny, nm = sp.next_month(self.year, self.month)
        if h.place:
            month = f"{nm:02d}" if nm < 3 else nm
            g.put(self.row, right, f"{o.name}, ngày 05 tháng {month} năm {ny}", "italic")
            self.row += 1
        if h.signatures:
            g.put(self.row, right, "TM. ỦY BAN NHÂN DÂN" if h.signatures == "two" else "TRƯỞNG PHÒNG", "bold")
            if h.signatures == "two":
                g.put(self.row, h.left + 1, "NGƯỜI LẬP BIỂU", "bold")
                g.put(self.row + 1, right, "KT. CHỦ TỊCH", "bold")
                g.put(self.row + 2, right, "PHÓ CHỦ TỊCH", "bold")
            self.row += 6
            g.put(self.row, right, self.rng.choice(["Nguyễn Văn Hòa", "Trần Thị Lệ", "Nông Văn Sơn", "Lê Minh Tâm"]), "bold")
            if h.signatures == "two":
                g.put(self.row, h.left + 1, self.rng.choice(["Kim Thị Phượng", "Phạm Quốc An", "Hoàng Thị Mai"]), "bold")

    def _record_faults(self):
        def add(cell, what, kind, unit, fld=""):
            self.faults.append({"sheet": self.g.name, "cell": cell, "what": what, "rule_kind": kind,
                                "unit_code": unit, "field": fld})
        last = self.cols[-1].col
        names = {c.code: c.name for c in self.communes}
        for f in self.planned:
            if f.kind == "missing":
                add("", f"no row for xã {names[f.unit]}", "missing_commune", f.unit)
            elif f.kind in ("foreign", "duplicate"):
                for r in self.people:
                    if f.kind == "foreign" and r.kind == "foreign" or \
                            f.kind == "duplicate" and r.kind == "commune" and r.commune.code == f.unit:
                        what = "a commune of another district" if f.kind == "foreign" else "a commune twice with different values"
                        add(f"{a1(r.row, self.h.left)}:{a1(r.row, last)}", what + f": {r.commune.name}",
                            f.kind + "_commune", r.commune.code)
            elif hasattr(f, "done"):
                r, c = f.done
                t = next(t for t in self.truth if t["cell"] == a1(r.row, c.col))
                typed = "blank" if r.typed[c.col][0] is None else str(r.typed[c.col][0])
                what = {"wrong_total": f"typed {typed}, the marks give {r.commune.total}",
                        "out_of_range": f"typed {typed}, a share cannot exceed 100",
                        "ambiguous_mark": f"typed {typed}: chưa đạt or cơ bản đạt",
                        "short_mark": f"typed {typed}: taken for cơ bản đạt",
                        "garbage": f"typed {typed}: not a figure",
                        "blank": "nothing typed",
                        "no_cached_value": "a formula without a stored value",
                        "value_against_mark": f"typed {typed}, yet marked Đạt"}[f.kind]
                add(t["cell"], what, f.kind, r.commune.code, t["field"])

    def _looks(self, first):
        g, h = self.g, self.h
        for c in self.cols:
            g.widths[c.col] = {"stt": 5, "name": 22, "name2": 6, "extra": 14, "total": 10}.get(c.kind, 11)
            if c.kind == "ind" and ("full" in h.indicator or h.indicator == "name") and not h.rotate:
                g.widths[c.col] = 18
        if h.rotate:
            g.heights[first - 1] = 160
        elif h.indicator != "number" or h.rows == "cni":
            g.heights[first - 1] = 90
            if h.rows == "cir":
                g.heights[first - 2] = 60
        if self.rng.random() < 0.5:
            g.freeze = (first, h.left + 2)

    def _sheet(self, kind):
        o, rng = self.o, self.rng
        if kind == "empty":
            return Grid("Sheet3")
        if kind == "list":
            g = Grid("DM", hidden=True)
            for i, text in enumerate(["Danh mục", "Đạt", "Chưa đạt", "Cơ bản đạt", "Không áp dụng"]):
                g.put(1 + i, 1, text, "plain")
            return g
        if kind == "note":
            g = Grid("Hướng dẫn")
            for i, text in enumerate([
                    "HƯỚNG DẪN GHI BIỂU", "1. Các xã ghi kết quả từng chỉ tiêu theo Quyết định số 318/QĐ-TTg.",
                    "2. Cột đánh giá ghi: Đạt, Cơ bản đạt, Chưa đạt.", "3. Gửi về Văn phòng Điều phối NTM tỉnh trước ngày 05 hằng tháng."]):
                g.put(2 + i, 2, text, "bold" if i == 0 else "plain")
            g.widths[2] = 90
            return g
        g = Grid("Huy động vốn")
        g.put(1, 1, f"KẾT QUẢ HUY ĐỘNG NGUỒN LỰC {o.full.upper()}", "bold")
        g.put(2, 4, "Đơn vị tính: triệu đồng", "right")
        for j, text in enumerate(["STT", "Tên xã", "Kế hoạch năm", "Thực hiện", "Tỷ lệ (%)"]):
            g.put(3, 1 + j, text, "head")
        for i, c in enumerate(self.communes):
            plan = rng.randint(20, 90) * 100
            done = rng.randint(5, plan // 100) * 100
            for j, v in enumerate([i + 1, c.name, plan, done, round(done / plan * 100, 1)]):
                g.put(4 + i, 1 + j, v, "name" if j == 1 else "cell")
        g.widths[2] = 22
        return g


def build(office, year, month, communes, habit, rng, faults=(), foreign=None):
    return Builder(office, year, month, communes, habit, rng, faults, foreign).build()
