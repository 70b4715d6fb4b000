package consolidate_test

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/consolidate"
	"github.com/tonghop/tonghop/consolidate/consolidatetest"
)

func inputs(t *testing.T) consolidate.Inputs {
	t.Helper()
	in, err := consolidatetest.Inputs("84")
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func assemble(t *testing.T, in consolidate.Inputs) tonghop.Edition {
	t.Helper()
	e, err := consolidate.Assemble(in)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func sheet(t *testing.T, e tonghop.Edition, name string) tonghop.EditionSheet {
	t.Helper()
	for _, s := range e.Sheets {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no sheet %q", name)
	return tonghop.EditionSheet{}
}

// row finds the row whose cell in the column has the text.
func row(t *testing.T, s tonghop.EditionSheet, col int, text string) []tonghop.EditionCell {
	t.Helper()
	for _, r := range s.Rows {
		if len(r.Cells) >= col && r.Cells[col-1].Text == text {
			return r.Cells
		}
	}
	t.Fatalf("%s: no row with %q in column %d", s.Name, text, col)
	return nil
}

func texts(cells []tonghop.EditionCell) string {
	var out []string
	for _, c := range cells {
		out = append(out, c.Text)
	}
	return strings.Join(out, "|")
}

// Sheet names and header texts are a contract with the edition's readers.
func TestContract(t *testing.T) {
	in := inputs(t)
	e := assemble(t, in)
	var got []string
	for _, s := range e.Sheets {
		got = append(got, s.Name)
	}
	if want := "Tổng hợp|Xã|Chỉ tiêu|Tiêu chí|Tình hình nộp|Cần xử lý|Nguồn"; strings.Join(got, "|") != want {
		t.Errorf("sheets %q, want %q", got, want)
	}
	var criteria, indicators []string
	for _, cr := range in.Known.Criteria.Criteria {
		criteria = append(criteria, strconv.Itoa(cr.No))
		for _, i := range cr.Indicators {
			indicators = append(indicators, i.No)
		}
	}
	want := "Mã xã|Huyện|Xã|" + strings.Join(criteria, "|") + "|Tổng số tiêu chí đạt|Đánh giá theo bộ tiêu chí|Ghi chú"
	if got := texts(row(t, sheet(t, e, "Xã"), 1, "Mã xã")); got != want {
		t.Errorf("Xã: header %q", got)
	}
	if got := texts(row(t, sheet(t, e, "Chỉ tiêu"), 1, "Mã xã")); got != "Mã xã|Xã|"+strings.Join(indicators, "|") {
		t.Errorf("Chỉ tiêu: header %q", got)
	}
	if got := texts(row(t, sheet(t, e, "Tổng hợp"), 2, "Huyện")); !strings.Contains(got, "|19|15–18|10–14|5–9|<5|") {
		t.Errorf("Tổng hợp: header %q", got)
	}
	if len(indicators) != 57 || len(criteria) != 19 {
		t.Errorf("%d criteria, %d indicators", len(criteria), len(indicators))
	}
}

// Every commune of the register has one row, also those of missing offices;
// those are blank, never zero, and say why.
func TestMissingOfficeIsBlank(t *testing.T) {
	in := inputs(t)
	e := assemble(t, in)
	s := sheet(t, e, "Xã")
	n := 0
	for _, o := range in.Known.Offices("84", "2023-06-30") {
		for _, c := range in.Known.Register.Communes(o.Code, "2023-06-30") {
			cells := row(t, s, 1, c.Code)
			n++
			if o.Name != "Thị xã Duyên Hải" {
				continue
			}
			for _, x := range cells[3 : len(cells)-1] {
				if x.Number.Valid || x.Text != "" || x.Trace != nil {
					t.Errorf("%s: %+v, want a blank cell", c.Name, x)
				}
			}
			if got := cells[len(cells)-1].Text; got != "Đơn vị chưa nộp báo cáo" {
				t.Errorf("%s: note %q", c.Name, got)
			}
		}
	}
	if n != 85 {
		t.Errorf("%d communes, want 85", n)
	}
	cells := row(t, sheet(t, e, "Tổng hợp"), 2, "Thị xã Duyên Hải")
	if cells[3].Text != "chưa nộp" || cells[2].Number.Decimal.String() != "5" {
		t.Errorf("Tổng hợp: %q of %s", cells[3].Text, cells[2].Number.Decimal)
	}
	for i, c := range cells[4 : len(cells)-1] {
		if c.Number.Valid || c.Formula != "" {
			t.Errorf("Tổng hợp, column %d: %+v, want a blank cell", i+5, c)
		}
	}
	held := row(t, sheet(t, e, "Tổng hợp"), 2, "Huyện Duyên Hải")
	if held[3].Text != "chưa nhận" || !strings.Contains(held[len(held)-1].Text, "tạm giữ") {
		t.Errorf("held office: %q, %q", held[3].Text, held[len(held)-1].Text)
	}
}

// The district's marks and totals are printed as they stand; judgements stand
// apart and never count.
func TestClaims(t *testing.T) {
	in := inputs(t)
	e := assemble(t, in)
	s := sheet(t, e, "Xã")
	for r, err := range in.Accepted {
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range r.Rows {
			if line.LeftOut != "" {
				continue
			}
			cells := row(t, s, 1, line.Unit)
			for i, cr := range in.Known.Criteria.Criteria {
				checkMark(t, e, line, cr, cells[3+i])
			}
			for _, v := range line.Values {
				if v.Field == tonghop.FieldTotalMet && v.Number.Valid && !cells[22].Number.Decimal.Equal(v.Number.Decimal) {
					t.Errorf("%s: total %s, want %s", line.Name, cells[22].Number.Decimal, v.Number.Decimal)
				}
			}
		}
	}
}

func checkMark(t *testing.T, e tonghop.Edition, line tonghop.Row, cr tonghop.Criterion, got tonghop.EditionCell) {
	t.Helper()
	var claim tonghop.Value
	for _, v := range line.Values {
		own := v.Field == "TC"+strconv.Itoa(cr.No) || len(cr.Indicators) == 1 && v.Field == cr.Indicators[0].No
		if own && v.Mark != tonghop.MarkNone && (claim.Mark == tonghop.MarkNone || claim.Mark == tonghop.MarkNotApplicable) {
			claim = v
		}
	}
	if claim.Mark != tonghop.MarkNone {
		if got.Text != e.Marks[claim.Mark] || got.Trace.Sources[0].Raw != claim.Raw {
			t.Errorf("%s, criterion %d: %q from %v, want %q", line.Name, cr.No, got.Text, got.Trace, e.Marks[claim.Mark])
		}
		return
	}
	if got.Text != "" && !strings.HasPrefix(got.Text, "(") {
		t.Errorf("%s, criterion %d: %q, but the district gives no mark", line.Name, cr.No, got.Text)
	}
}

// An open question shows at the cell; a row that does not count is named.
func TestDoubtAndLeftOut(t *testing.T) {
	e := assemble(t, inputs(t))
	doubts := 0
	for _, r := range sheet(t, e, "Chỉ tiêu").Rows {
		for _, c := range r.Cells {
			if strings.HasSuffix(c.Style, "_doubt") {
				doubts++
				if !strings.Contains(c.Format, "*") {
					t.Errorf("%+v: no sign in the format", c)
				}
			}
		}
	}
	if doubts == 0 {
		t.Error("no doubtful cell")
	}
	notes := texts(row(t, sheet(t, e, "Tình hình nộp"), 2, "Thành phố Trà Vinh"))
	if !strings.Contains(notes, "=Xã Lạ") || !strings.Contains(notes, "ROW-005") {
		t.Errorf("the stray row is not named: %q", notes)
	}
	if got := texts(row(t, sheet(t, e, "Tình hình nộp"), 6, "T6/BC NTM Huyện Càng Long.xlsx")); !strings.Contains(got, "04/07/2023 00:06") || !strings.Contains(got, "Xã Tân An") {
		t.Errorf("Càng Long: %q", got)
	}
}

// Every figure follows from its sources alone.
func TestTracesRecompute(t *testing.T) {
	e := assemble(t, inputs(t))
	m := consolidate.NewManifest(e)
	done := map[tonghop.Operation]int{}
	for name, cells := range m.Cells {
		for at := range cells {
			c, err := consolidate.FindCell(m, name+"!"+at)
			if err != nil {
				t.Fatal(err)
			}
			want, ok := recompute(t, e, c)
			if !ok {
				continue
			}
			done[c.Operation]++
			if c.Value != want {
				t.Errorf("%s: %q, but %s of its sources is %q", c.Cell, c.Value, c.Operation, want)
			}
		}
	}
	for _, op := range []tonghop.Operation{tonghop.OpCopy, tonghop.OpCount, tonghop.OpPart, tonghop.OpAverage, tonghop.OpShare, tonghop.OpDifference, tonghop.OpLedger} {
		if done[op] == 0 {
			t.Errorf("no figure by %s", op)
		}
	}
}

func recompute(t *testing.T, e tonghop.Edition, c consolidate.CellTrace) (string, bool) {
	t.Helper()
	n := decimal.NewFromInt(int64(len(c.Sources)))
	switch c.Operation {
	case tonghop.OpCopy, tonghop.OpLedger:
		v := c.Sources[0].Value
		if text, ok := e.Signs[tonghop.Empty(v)]; ok && c.Value == text {
			return text, true
		}
		if text, ok := e.Marks[tonghop.Mark(v)]; ok {
			return text, true
		}
		return v, true
	case tonghop.OpCount:
		return n.String(), true
	case tonghop.OpPart:
		return n.String() + "/" + strconv.Itoa(c.Of), true
	case tonghop.OpAverage:
		return rounded(total(t, c.Sources).DivRound(n, 24)), true
	case tonghop.OpMean:
		return rounded(total(t, c.Sources).DivRound(decimal.NewFromInt(int64(c.Of)), 24)), true
	case tonghop.OpShare:
		return rounded(n.Mul(decimal.NewFromInt(100)).DivRound(decimal.NewFromInt(int64(c.Of)), 24)), true
	case tonghop.OpDifference:
		return total(t, c.Sources).Sub(total(t, c.Less)).String(), true
	}
	return "", false
}

// rounded keeps 15 significant digits of a figure from 0 to 999.
func rounded(d decimal.Decimal) string {
	whole := int32(len(d.Truncate(0).String()))
	if d.LessThan(decimal.NewFromInt(1)) {
		whole = 0
	}
	return d.Round(15 - whole).String()
}

func total(t *testing.T, sources []tonghop.Source) (sum decimal.Decimal) {
	t.Helper()
	for _, s := range sources {
		if s.Value == string(tonghop.Met) {
			sum = sum.Add(decimal.NewFromInt(1))
			continue
		}
		d, err := decimal.NewFromString(s.Value)
		if err != nil {
			t.Fatalf("source %+v: %v", s, err)
		}
		sum = sum.Add(d)
	}
	return sum
}

// The manifest reads back as it was written, and the same inputs give the same
// edition and manifest.
func TestManifestRoundTrip(t *testing.T) {
	e := assemble(t, inputs(t))
	if again := assemble(t, inputs(t)); !reflect.DeepEqual(e, again) {
		t.Error("the same inputs give another edition")
	}
	var one, two bytes.Buffer
	if err := consolidate.NewManifest(e).Write(&one); err != nil {
		t.Fatal(err)
	}
	m, err := consolidate.ReadManifest(bytes.NewReader(one.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Write(&two); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("read back and written again, the manifest differs")
	}
	if _, err := consolidate.ReadManifest(strings.NewReader(`{"sources":[],"cells":{"Xã":{"A1":{"sources":[0]}}}}`)); err == nil {
		t.Error("a place without a source was accepted")
	}
}

// An address may be written as people write it.
func TestFindCell(t *testing.T) {
	m := consolidate.NewManifest(assemble(t, inputs(t)))
	for _, at := range []string{"Xã!W8", "xã!w8", "'Xã'!W8", " Xã ! $W$8", "XÃ!W08"} {
		if c, err := consolidate.FindCell(m, at); err != nil || c.Cell != "Xã!W8" || len(c.Sources) != 1 || c.Sources[0].Submission != "TH-000601" {
			t.Errorf("%s: %+v, %v", at, c, err)
		}
	}
	if _, err := consolidate.FindCell(m, "'tổng hợp'!c11"); err != nil {
		t.Error(err)
	}
	for at, code := range map[string]string{"W8": "trace.address", "Xã!": "trace.address", "Xã!8": "trace.address",
		"Xã!W": "trace.address", "!W8": "trace.address", "Xa!W8": "trace.sheet", "Xã!A1": "trace.cell"} {
		if _, err := consolidate.FindCell(m, at); tonghop.CodeOf(err) != code {
			t.Errorf("%s: %v, want %s", at, err, code)
		}
	}
}

// Without an accepted return there is nothing to consolidate; without a word
// there is no edition that lacks it silently.
func TestAssembleRefuses(t *testing.T) {
	in := inputs(t)
	in.Accepted = nil
	if _, err := consolidate.Assemble(in); tonghop.CodeOf(err) != "edition.nothing" {
		t.Errorf("nothing accepted: %v", err)
	}
	in = inputs(t)
	delete(in.Layout.Words, "legend.title")
	if _, err := consolidate.Assemble(in); tonghop.CodeOf(err) != "edition.words" || !strings.Contains(err.Error(), "legend.title") {
		t.Errorf("a word missing: %v", err)
	}
}
