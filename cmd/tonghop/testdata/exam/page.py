"""A district's workbook: heading, table, what stands below it, other sheets."""

import hand
import old
from layout import Row, Table
from sheets import Sheet, a1

TITLES = [
    "TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI GIAI ĐOẠN 2021-2025",
    "BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI",
    "KẾT QUẢ THỰC HIỆN 19 TIÊU CHÍ XÂY DỰNG NÔNG THÔN MỚI CỦA CÁC XÃ",
    "Biểu số 01: Kết quả thực hiện tiêu chí xã nông thôn mới",
    "BÁO CÁO KẾT QUẢ RÀ SOÁT, ĐÁNH GIÁ CÁC TIÊU CHÍ XÃ NTM",
]
EXTRA_TITLES = ["Phụ lục I", "Kèm theo báo cáo của Ủy ban nhân dân huyện", "(Áp dụng Quyết định số 318/QĐ-TTg ngày 08/3/2022)", "Mẫu số 02"]


class Page(Table):
    """rows is the plan; faults.py changes it before build() writes it."""

    def plan(self):
        rng, h = self.rng, self.h
        people = [Row("commune", c) for c in self.communes]
        if h.shuffle_rows:
            rng.shuffle(people)
        self.rows = people

    def people(self):
        return [r for r in self.rows if r.kind == "commune"]

    def build(self):
        rng, h = self.rng, self.h
        people = self.people()
        at = self.heading(h.top)
        self.header(at)
        self.header_top, at = at, at + self.height
        for r in self.arrange():
            r.at = at
            at += 1
        number = 0
        for r in self.arranged:
            if r.kind == "commune":
                number += 1
                self.commune(r, number)
        for r in self.arranged:
            self.other(r, people)
        if h.hidden_rows:
            self.sheet.hidden_rows |= {r.at for r in rng.sample(people, h.hidden_rows)}
        if h.hidden_cols:
            able = [c.at for c in self.cols if c.kind in ("fig", "mark", "cmark", "blank", "population")]
            self.sheet.hidden_cols |= set(rng.sample(able, h.hidden_cols))
        self.below(at + 1)
        self.sheet.widths = {c.at: 24 if c.kind == "name" else 12 for c in self.cols}
        sheets = [self.sheet]
        for k in h.others:
            sheets.insert(0 if h.other_first else len(sheets), other_sheet(rng, self.o, k))
        if h.encoding:
            for s in sheets:
                old.encode(s, h.encoding)
        return sheets

    def arrange(self):
        h, rng = self.h, self.rng
        rows = list(self.rows)
        if h.towns:
            rows += [Row("town", label=n) for n in self.o.towns[:2]]
        if h.sections:
            done = [r for r in rows if r.kind == "commune" and r.who.total() == 19]
            rest = [r for r in rows if r not in done]
            rows = [Row("section", who="I", label="Các xã đạt chuẩn nông thôn mới"), *done] if done else []
            rows += [Row("section", who="II" if done else "I", label="Các xã chưa đạt chuẩn"), *rest]
        for _ in range(h.blank_rows):
            rows.insert(rng.randint(1, len(rows) - 1), Row("blank"))
        if h.repeat_header and len(rows) > 5:
            k = rng.randint(2, len(rows) - 2)
            rows[k:k] = [Row("header")] + [Row("skip")] * 0
        totals = [Row(k) for k in h.rows]
        rows = totals + rows if h.rows_first else rows + totals
        if h.column_numbers:
            rows.insert(0, Row("ordinals"))
        out = []
        for r in rows:
            out.append(r)
            if r.kind == "header":
                out += [Row("skip") for _ in range(self.height - 1)]
        self.arranged = out
        return out

    def other(self, r, people):
        put, name = self.sheet.put, next(c for c in self.cols if c.kind == "name")
        if r.kind == "header":
            self.header(r.at)
        elif r.kind == "section":
            if self.cols[0].kind == "stt":
                put(r.at, self.cols[0].at, r.who, bold=True)
            put(r.at, name.at, self.namer.plain(r.label), bold=True)
        elif r.kind == "town":
            put(r.at, name.at, r.label)
        elif r.kind == "ordinals":
            early = sum(c.kind in ("stt", "name") for c in self.cols)
            n = 0
            for c in self.cols:
                if c.kind in ("blank", "name2"):
                    continue
                n += 1
                letter = self.h.column_numbers == "letters"
                put(r.at, c.at, "AB"[n - 1] if letter and n <= early else n - early if letter else f"({n})")
        elif r.kind in ("sum", "met", "share", "average"):
            self.summing(r, people)

    # --- above and below ---------------------------------------------------

    def heading(self, at):
        h, o, rng, put = self.h, self.o, self.rng, self.sheet.put
        plain = self.namer.plain
        left, right = h.left, h.left + max(6, min(len(self.cols) // 2, 14))
        upper = o.full.upper()
        lines = {"two": [f"UBND {o.province_kind.upper()} {o.province_name.upper()}", f"UBND {upper}"],
                 "one": [f"ỦY BAN NHÂN DÂN\n{upper}", "Số: 125/BC-UBND"],
                 "province": [f"UBND {upper}", f"{o.province_kind.upper()} {o.province_name.upper()}"]}[h.heading]
        state = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
        for a, b in zip(lines, state):
            self.office_cell = getattr(self, "office_cell", None) or put(at, left, plain(a), bold=True)
            if a != lines[0]:
                spot = put(at, left, plain(a), bold=True)
                if h.heading == "two":
                    self.office_cell = spot
            put(at, right, plain(b), bold=True)
            self.sheet.merge(at, left, at, left + 4)
            at += 1
        at += 1
        for _ in range(h.title_rows):
            put(at, left + rng.randint(0, 3), plain(rng.choice(EXTRA_TITLES)))
            at += 1
        words = rng.choice(self.p.words)
        title = rng.choice(TITLES)
        self.period_cell = put(at, left, plain(f"{title} - {words}" if h.period_in == "title" else title), bold=True)
        self.sheet.merge(at, left, at, self.cols[-1].at)
        at += 1
        if h.period_in == "line":
            self.period_cell = put(at, left, plain(words))
            self.sheet.merge(at, left, at, self.cols[-1].at)
            at += 1
        if h.as_of:
            d = self.p.last
            put(at, left, plain(f"(Số liệu tính đến ngày {d.day:02d}/{d.month:02d}/{d.year})"))
            at += 1
        return at + 1

    def below(self, at):
        h, rng, put = self.h, self.rng, self.sheet.put
        plain = self.namer.plain
        if h.legend:
            put(at, h.left, plain(h.legend))
            at += 1
        elif rng.random() < 0.3:
            put(at, h.left, plain("Ghi chú: số liệu do các xã tự đánh giá."))
            at += 1
        if not h.signature:
            return
        right = h.left + max(6, min(len(self.cols) - 5, 20))
        y, m = self.p.last.year + self.p.last.month // 12, self.p.last.month % 12 + 1
        put(at + 1, right, plain(f"{self.o.name}, ngày 05 tháng {m:02d} năm {y}"))
        put(at + 2, h.left + 1, plain("NGƯỜI LẬP BIỂU"), bold=True)
        put(at + 2, right, plain("TM. ỦY BAN NHÂN DÂN"), bold=True)
        put(at + 3, right, plain("KT. CHỦ TỊCH"), bold=True)
        put(at + 4, right, plain("PHÓ CHỦ TỊCH"), bold=True)
        put(at + 9, right, plain(rng.choice(["Nguyễn Văn An", "Trần Thị Bình", "Lê Quốc Dũng"])), bold=True)


def other_sheet(rng, o, kind):
    """A sheet that has nothing to do with the criteria of communes."""
    if kind == "empty":
        return Sheet("Sheet3")
    if kind == "list":
        s = Sheet("DM", hidden=True)
        for i, t in enumerate(["Danh mục", "Đạt", "Chưa đạt", "Cơ bản đạt"]):
            s.put(1 + i, 1, t)
        return s
    if kind == "note":
        s = Sheet("Hướng dẫn")
        for i, t in enumerate(["HƯỚNG DẪN", "1. Mỗi xã một dòng.", "2. Cột đánh giá ghi Đạt, Cơ bản đạt hoặc Chưa đạt."]):
            s.put(2 + i, 2, t)
        return s
    heads, title = (["STT", "Tên xã", "Kế hoạch vốn", "Giải ngân", "Tỷ lệ (%)"], "KẾT QUẢ GIẢI NGÂN VỐN") if kind == "capital" else \
        (["STT", "Tên sản phẩm", "Tên chủ thể", "Địa chỉ", "Hạng sao"], "DANH SÁCH SẢN PHẨM OCOP")
    s = Sheet("Giải ngân" if kind == "capital" else "OCOP")
    s.put(1, 1, f"{title} {o.full.upper()}", bold=True)
    s.put(2, 4, "Đơn vị tính: triệu đồng" if kind == "capital" else "(Tính đến hết năm)")
    for j, t in enumerate(heads):
        s.put(4, 1 + j, t, bold=True)
    for i, (_, name) in enumerate(o.communes):
        plan = rng.randint(10, 60) * 100
        row = [i + 1, name, plan, plan // 2, 50] if kind == "capital" else [i + 1, "Gạo sạch", "HTX " + name, "Xã " + name, "3 sao"]
        for j, v in enumerate(row):
            s.put(5 + i, 1 + j, v)
    return s
