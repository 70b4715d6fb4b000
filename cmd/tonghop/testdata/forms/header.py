"""The columns of a form and the header rows over them.

Every column carries its header as levels, top to bottom; neighbours with the
same key at the same level become one merged cell.
"""

import spelling as sp
from habit import Col
from ntm import B, BY_CRITERION, GROUPS, single

EXTRA_HEADS = {
    "note": "Ghi chú", "year": "Năm công nhận", "population": "Dân số (người)",
    "hamlets": "Số ấp", "delta": "% so với năm trước", "change": "So với tháng trước (+/-)",
    "previous": "Số tiêu chí đạt cuối năm trước", "group": "Khu vực",
}


class Header:
    """The part of the builder that knows columns; needs h, o, rng, g, communes."""

    def columns(self):
        h = self.h
        self.height = 2 if h.rows == "ci" else 3
        cols = []
        if h.stt not in ("none", "in name"):
            cols.append(Col("stt", [(self.height, "stt", h.stt_head)]))
        cols.append(Col("name", [(self.height, "name", h.name_head)]))
        if h.merged_name:
            cols.append(Col("name2", [(self.height, "name", "")]))
        cols += [self._extra(k) for k, where in h.extras if where == "front"]
        if h.total and h.total_first:
            cols.append(self._total())
        for group, name, first, last in GROUPS:
            for c in range(first, last + 1):
                cols += self._criterion(c, f"{group}. {name}")
        if h.marks == "block":
            head = "Kết quả đánh giá tiêu chí"
            for c in BY_CRITERION:
                text = sp.spell_criterion(c, h.criterion if h.criterion not in ("name", "short") else "TC")
                cols.append(Col("mark", [(1, "block", head), (self.height - 1, ("block", c), text)], c))
        if h.total and not h.total_first:
            cols.append(self._total())
        cols += [self._extra(k) for k, where in h.extras if where == "end"]
        for _ in range(h.blank_cols):
            self._insert_blank(cols)
        for i, c in enumerate(cols):
            c.col = h.left + i
        self.cols = cols

    def _extra(self, kind):
        return Col("extra", [(self.height, ("extra", kind), EXTRA_HEADS[kind])], extra=kind)

    def _total(self):
        return Col("total", [(self.height, "total", self.h.total_head)])

    def _criterion(self, c, group):
        h, H = self.h, self.height
        inds = BY_CRITERION[c]
        name = sp.spell_criterion(c, h.criterion)
        if h.rows in ("gci", "sci"):
            top = [(1, ("g", group), group)] if h.rows == "gci" else \
                [(1, "super", "Kết quả thực hiện các tiêu chí, chỉ tiêu")]
            top.append((1, ("c", c), name))
        elif h.rows == "nni":
            top = [(1, ("n", c), sp.spell_criterion(c, "number")), (1, ("c", c), sp.spell_criterion(c, "name"))]
        else:
            top = [(1, ("c", c), name)]
        used = len(top)
        out = []
        marked = h.marks == "each" and (not single(c) or h.mark_bool_singles or self._as_number(inds[0]))
        for i in inds:
            pair = h.rows == "cir" and self._as_number(i) and not (single(c) and marked)
            text = sp.INDICATOR_WAYS[h.indicator](i)
            if h.rows == "cni":
                low = [(1, ("i", i.no), i.no), (1, ("in", i.no), i.short if "short" in h.indicator else i.name)]
            elif h.rows == "cir":
                low = [(1, ("i", i.no), text), (1, ("r", i.no), "Kết quả")] if pair else [(2, ("i", i.no), text)]
            else:
                low = [(H - used, ("i", i.no), text)]
            levels = top + low
            if single(c) and not marked and not pair and h.single_merge:
                span, key, head = top[-1]
                if i.no == "10" and h.criterion != "number":
                    head += " (triệu đồng/người/năm)"
                levels = top[:-1] + [(H - used + 1, key, head)]
            out.append(Col("ind", levels, c, i))
            if pair:
                out.append(Col("indmark", top + [(1, ("i", i.no), text), (1, ("rm", i.no), "Đánh giá")], c, i))
        if marked:
            mark = Col("mark", top + [(H - used, ("m", c), self.h.mark_head.replace("#", str(c)))], c)
            out.insert(0 if h.mark_first else len(out), mark)
        return out

    def _as_number(self, ind):
        return ind.kind != B or ind.no == "16" and not isinstance(self.communes[0].result["16"], str)

    def _insert_blank(self, cols):
        first = next(i for i, c in enumerate(cols) if c.kind == "ind") + 1
        at = self.rng.randint(first, len(cols) - 1)
        before, after = cols[at - 1].levels, cols[at].levels
        levels, used = [], 0
        for b, a in zip(before, after):
            if b[:2] != a[:2] or used + b[0] >= self.height:
                break
            levels.append(b)
            used += b[0]
        levels.append((self.height - used, ("blank", self.rng.random()), None))
        cols.insert(at, Col("blank", levels))

    def _header(self):
        top, style = self.row, "rothead" if self.h.rotate else "head"
        opened = {}
        for c in self.cols:
            row = top
            for span, key, text in c.levels:
                spot = opened.get(row)
                if spot and spot[0] == key and spot[1] == row and spot[2] == c.col - 1:
                    opened[row] = (key, row, c.col, spot[3], spot[4])
                else:
                    self._close(opened.pop(row, None))
                    for other in [k for k in opened if row < k < row + span]:
                        self._close(opened.pop(other))
                    opened[row] = (key, row, c.col, c.col, span)
                    value = text
                    if text and self.h.numbers_as_numbers and sp.is_number_text(text):
                        value = float(text) if "." in text else int(text)
                    deep = row + span == top + self.height and c.kind in ("ind", "mark", "indmark")
                    self.g.put(row, c.col, value, style if deep and row > top else "head")
                row += span
        for spot in list(opened.values()):
            self._close(spot)
        self.row = top + self.height
        self.header_top = top

    def _close(self, spot):
        if spot:
            _, row, last, first, span = spot
            for r in range(row, row + span):
                for c in range(first, last + 1):
                    if (r, c) != (row, first):
                        self.g.put(r, c, None, "head")
            self.g.merge(row, first, row + span - 1, last)
