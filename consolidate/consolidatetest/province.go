// Package consolidatetest makes up a province's month for the tests of the
// edition: the real register, criteria and layout, and returns whose figures
// are invented. It is used by tests only and decides nothing.
//
// Start reading at [Inputs].
package consolidatetest

import (
	"fmt"
	"io/fs"
	"iter"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/consolidate"
	"github.com/tonghop/tonghop/templates"
)

// Month is the period of the made-up returns.
func Month() tonghop.Period { return tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6} }

// Inputs makes up June 2023 of a province, by code: its second office gives
// marks only, the third figures only, the last sent nothing, the one before
// was held.
func Inputs(province string) (consolidate.Inputs, error) {
	files := templates.FS("")
	known, layout, err := load(files, province)
	if err != nil {
		return consolidate.Inputs{}, err
	}
	unit, ok := known.Register.Unit(province, known.On(Month()))
	if !ok {
		return consolidate.Inputs{}, fmt.Errorf("no province %q", province)
	}
	var accepted, before, all []tonghop.Return
	offices := known.Offices(province, known.On(Month()))
	for i, o := range offices {
		r := office(known, o, i, Month())
		switch {
		case i == len(offices)-1:
			continue
		case i == len(offices)-2:
			r.State = tonghop.Held
		default:
			accepted = append(accepted, r)
			if i != 3 {
				before = append(before, office(known, o, i, Month().Previous()))
			}
		}
		all = append(all, r)
	}
	all = append(all, unplaced())
	return consolidate.Inputs{Period: Month(), Province: unit, Issue: 1, Rules: "0123abcd", Program: "test",
		Known: known, Layout: layout, Accepted: List(accepted...), Before: List(before...), All: List(all...),
		Standings: func(r tonghop.Return) []tonghop.Standing { return standings(known.Criteria, r) },
		Say: func(f tonghop.Finding) (string, string, string) {
			return "Số liệu " + f.Found + " không phù hợp với kết quả đã ghi của chỉ tiêu " + f.Field,
				"theo " + known.Criteria.Basis, "Kiểm tra lại số liệu hoặc giải trình ở cột Ghi chú rồi gửi lại."
		},
	}, nil
}

// List yields returns without an error.
func List(returns ...tonghop.Return) iter.Seq2[tonghop.Return, error] {
	return func(yield func(tonghop.Return, error) bool) {
		for _, r := range returns {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func load(files fs.FS, province string) (tonghop.Known, tonghop.Layout, error) {
	k := tonghop.Known{Province: province}
	layout, err := templates.Layout(files, "xa-ntm")
	if err != nil {
		return k, layout, err
	}
	if k.Register, err = templates.Units(files); err != nil {
		return k, layout, err
	}
	if k.Criteria, err = templates.Criteria(files, "xa-ntm-2021-2025"); err != nil {
		return k, layout, err
	}
	form, err := templates.Form(files, "xa-ntm", k.On(Month()))
	k.Form = &form
	return k, layout, err
}

// office makes up the return of one office.
func office(k tonghop.Known, unit tonghop.Unit, i int, p tonghop.Period) tonghop.Return {
	r := tonghop.Return{Form: "xa-ntm", Office: unit, Province: k.Province, Period: p, AsOf: p.AsOf(),
		Version: 1 + i%2, State: tonghop.Accepted, Current: true,
		Submission: tonghop.Submission{Receipt: fmt.Sprintf("TH-%06d", 100*p.N+i+1),
			Name: fmt.Sprintf("T%d/BC NTM %s.xlsx", p.N, unit.Name), SHA256: fmt.Sprintf("%064d", 100*p.N+i),
			Received: time.Date(2023, time.Month(p.N)+1, 3, 17, 5+i, 0, 0, time.UTC)}}
	maker := maker{k: k, office: i, period: p}
	for n, c := range k.Register.Communes(unit.Code, p.AsOf()) {
		if i == 1 && n == 4 {
			continue
		}
		row := maker.row(c, n)
		if i == 0 && n == 2 {
			row.LeftOut = "ROW-003"
		}
		r.Rows = append(r.Rows, row)
	}
	if i == 0 {
		stray := maker.row(tonghop.Unit{Code: "", Name: "=Xã Lạ"}, len(r.Rows))
		stray.LeftOut = "ROW-005"
		r.Rows = append(r.Rows, stray)
	}
	r.Findings = findings(r)
	return r
}

// maker makes up the rows of one office.
type maker struct {
	k      tonghop.Known
	office int
	period tonghop.Period
}

const sheet = "Biểu 01"

func (m maker) row(c tonghop.Unit, n int) tonghop.Row {
	at := 9 + n
	row := tonghop.Row{Unit: c.Code, Name: c.Name, Official: c.Name,
		NameRef: tonghop.Ref{Sheet: sheet, Row: at, Col: 2}, Area: tonghop.Area{Top: at, Left: 1, Bottom: at, Right: 90}}
	col := 3
	add := func(v tonghop.Value) {
		v.Ref = tonghop.Ref{Sheet: sheet, Row: at, Col: col}
		col++
		row.Values = append(row.Values, v)
	}
	met := 0
	for _, cr := range m.k.Criteria.Criteria {
		mark := m.mark(cr.No, n)
		if mark == tonghop.Met {
			met++
		}
		for j, in := range cr.Indicators {
			if m.office != 1 || len(cr.Indicators) == 1 {
				add(m.indicator(in, mark, n, j))
			}
		}
		if m.office != 2 && len(cr.Indicators) > 1 {
			add(tonghop.Value{Field: "TC" + strconv.Itoa(cr.No), Mark: mark, Raw: "x"})
		} else if m.office != 2 {
			add(tonghop.Value{Field: cr.Indicators[0].No, Mark: mark, Raw: "Đạt"})
		}
	}
	if m.office == 1 && n%3 == 0 {
		return row // marks everything, claims no total
	}
	total := tonghop.Value{Field: tonghop.FieldTotalMet, Number: whole(met), Raw: strconv.Itoa(met) + "/19"}
	if m.office == 2 && n == 1 {
		total.Number, total.Empty, total.Raw = decimal.NullDecimal{}, tonghop.Unreadable, "mười bảy"
	}
	total.Doubt = m.office == 0 && n == 1
	add(total)
	return row
}

// mark is better in June than in May, and differs from commune to commune.
func (m maker) mark(no, n int) tonghop.Mark {
	if m.office == 4 && m.period.N == 6 {
		return tonghop.Met
	}
	switch (no*7 + n*5 + m.office*3 + m.period.N) % (9 + m.period.N + m.office - n%7) {
	case 0:
		return tonghop.NotMet
	case 1:
		return tonghop.BasicallyMet
	case 2:
		if no == 7 {
			return tonghop.MarkNotApplicable
		}
	case 3, 4, 5:
		if n%7 == 6 {
			return tonghop.NotMet
		}
	}
	return tonghop.Met
}

func (m maker) indicator(in tonghop.Indicator, mark tonghop.Mark, n, j int) tonghop.Value {
	v := tonghop.Value{Field: in.No, Measure: in.Unit}
	switch seed := (n*13 + j*7 + len(in.No)*3 + m.office) % 29; {
	case seed == 3:
		v.Empty = tonghop.NotReported
		return v
	case seed == 5:
		v.Empty, v.Raw = tonghop.Unreadable, "=8o,5"
		v.Doubt = true
		return v
	case seed == 7:
		v.Empty, v.Raw = tonghop.NotDue, "chưa đánh giá"
		return v
	case seed == 9:
		v.Empty, v.Mark, v.Raw = tonghop.NotApplicable, tonghop.MarkNotApplicable, "-"
		return v
	case in.Type == tonghop.TypeMark || in.Type == tonghop.TypeGrade:
		v.Mark, v.Raw = mark, "Đạt"
		return v
	case in.Type == tonghop.TypeCount:
		v.Number, v.Empty, v.Raw = whole(0), tonghop.Zero, "0"
		return v
	}
	v.Number = decimal.NewNullDecimal(decimal.New(int64(6000+(n*371+j*53+m.office*11)%4000), -2))
	if n%4 == 1 {
		v.Number = whole(100)
	}
	if in.Type == tonghop.TypeNumber && n%5 == 2 {
		v.Number = decimal.NewNullDecimal(decimal.RequireFromString("1234.5"))
	}
	v.Raw, v.Doubt = v.Number.Decimal.String(), n%9 == 4 && j == 1
	return v
}

func whole(n int) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.NewFromInt(int64(n))) }

// standings judge all of the fifth office, some of the third, nothing of the
// others.
func standings(cs *tonghop.Criteria, r tonghop.Return) []tonghop.Standing {
	var out []tonghop.Standing
	for _, row := range r.Rows {
		for _, cr := range cs.Criteria {
			s := tonghop.Standing{Unit: row.Unit, Criterion: cr.No, Judged: tonghop.JudgedOpen, Why: "threshold_unsure"}
			for _, v := range row.Values {
				if v.Field == cr.Indicators[0].No {
					s.Sources = append(s.Sources, v)
				}
			}
			switch {
			case cr.No == 2:
				s.Why = "no_value"
			case cr.No%4 == 1:
				s.Judged, s.Why = tonghop.JudgedMet, "by_threshold"
			case cr.No%4 == 3:
				s.Judged, s.Why = tonghop.JudgedNotMet, "by_threshold"
			}
			if r.Version == 1 && r.Submission.Receipt == "TH-000605" {
				s.Judged, s.Why = tonghop.JudgedMet, "by_threshold"
			}
			out = append(out, s)
		}
	}
	return out
}

// findings query every doubtful cell.
func findings(r tonghop.Return) []tonghop.Finding {
	var out []tonghop.Finding
	for _, row := range r.Rows {
		for _, v := range row.Values {
			if v.Doubt {
				out = append(out, tonghop.Finding{Rule: "VAL-007", Severity: tonghop.Query, Owner: tonghop.OwnerOffice,
					Unit: row.Unit, Field: v.Field, Found: v.Raw}.At(v.Ref))
			}
		}
	}
	return out
}

// unplaced is a file whose office nobody could tell.
func unplaced() tonghop.Return {
	return tonghop.Return{State: tonghop.Rejected, Current: true,
		Findings: []tonghop.Finding{{Rule: "DOC-001", Severity: tonghop.Reject, Owner: tonghop.OwnerOffice, Found: "Danh sách hộ nghèo"}},
		Submission: tonghop.Submission{Receipt: "TH-000699", Name: "T6/Copy of Book1 (2).xlsx", SHA256: fmt.Sprintf("%064d", 699),
			Received: time.Date(2023, 7, 4, 2, 0, 0, 0, time.UTC)}}
}
