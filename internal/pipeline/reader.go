package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format"
	"github.com/tonghop/tonghop/ingest/format/container"
	"github.com/tonghop/tonghop/normalize"
	"github.com/tonghop/tonghop/templates"
	"github.com/tonghop/tonghop/validate"
)

// Reader turns the bytes of one file into a judged return. It stores nothing
// and is used by one goroutine at a time.
type Reader struct {
	Known  tonghop.Known
	Limits container.Limits

	province string
	asOf     tonghop.Date
	normal   *normalize.Normalizer
	judge    *validate.Judge
}

// NewReader compiles the form, the criteria and the rules of the templates in
// force. province "" or "all" recognises the offices of every province; asOf
// "" judges by the last day of each report's period.
func NewReader(fsys fs.FS, province string, asOf tonghop.Date) (*Reader, error) {
	register, err := templates.Units(fsys)
	if err != nil {
		return nil, fmt.Errorf("read register: %w", err)
	}
	form, err := templates.Form(fsys, "xa-ntm", "")
	if err != nil {
		return nil, fmt.Errorf("read form: %w", err)
	}
	criteria, err := templates.Criteria(fsys, form.Criteria)
	if err != nil {
		return nil, fmt.Errorf("read criteria: %w", err)
	}
	rules, err := templates.Rules(fsys, form)
	if err != nil {
		return nil, fmt.Errorf("read rules: %w", err)
	}
	judge, err := validate.Compile(criteria, rules, register)
	if err != nil {
		return nil, fmt.Errorf("compile rules: %w", err)
	}
	known := tonghop.Known{Register: register, Form: &form, Criteria: criteria, Province: province, AsOf: asOf}
	return &Reader{Known: known, province: province, asOf: asOf, normal: normalize.New(known), judge: judge}, nil
}

// Standings gives the judgement of every commune of a return.
func (r *Reader) Standings(ret tonghop.Return) []tonghop.Standing { return r.judge.Standings(&ret) }

// Read opens, recognises, reads and judges one file. What cannot be read is a
// rejected return with its reason, never an error.
func (r *Reader) Read(name string, raw []byte, expect tonghop.Period) tonghop.Return {
	book, err := format.Open(bytes.NewReader(raw), int64(len(raw)), r.Limits)
	if err != nil {
		return r.refused(err)
	}
	hints := normalize.Hints{Province: r.province, Expect: expect, AsOf: r.asOf, FileName: name}
	covers, findings := r.normal.Identify(book, hints)
	if len(covers) == 0 {
		return tonghop.Return{Form: r.Known.Form.ID, State: tonghop.Rejected, Findings: findings}
	}
	reading := r.normal.Read(book, covers[0], hints)
	ret := tonghop.Return{Form: reading.Cover.Form, Office: reading.Cover.Office, Province: reading.Cover.Province,
		Period: reading.Cover.Period, AsOf: r.Known.On(reading.Cover.Period), Rows: reading.Rows, Totals: reading.Totals,
		Ignored: reading.Ignored, Findings: append(findings, reading.Findings...)}
	if ret.Office.Code != "" && ret.AsOf != "" && !unsure(ret.Findings) {
		result := r.judge.Check(&ret)
		for i, rule := range result.LeftOut {
			ret.Rows[i].LeftOut = rule
		}
		ret.Findings = append(ret.Findings, result.Findings...)
	}
	markDoubts(&ret)
	ret.State = tonghop.Verdict(ret.Findings)
	return ret
}

// unsure reports whether it is asked whose report this is: then nothing is said
// about communes that may be another office's.
func unsure(found []tonghop.Finding) bool {
	for _, f := range found {
		if f.Holds && strings.HasPrefix(f.Rule, "DV-") {
			return true
		}
	}
	return false
}

// refused is the return of a file that could not be opened. Formats that we do
// not read yet are our limit, not the sender's fault.
func (r *Reader) refused(err error) tonghop.Return {
	f := tonghop.Finding{Rule: "TEP-001", Severity: tonghop.Reject, Owner: tonghop.OwnerOffice}
	var e *tonghop.Error
	if !errors.As(err, &e) {
		e = tonghop.Fail("file.damaged", err)
	}
	f = f.Arg("code", e.Code)
	for k, v := range e.Args {
		f = f.Arg(k, v)
	}
	switch e.Code {
	case "file.xls", "file.xlsb", "file.ods", "file.html", "file.text", "file.ole", "file.xml", "file.archive", "file.zip":
		f.Owner = tonghop.OwnerSystem
	}
	return tonghop.Return{Form: r.Known.Form.ID, State: tonghop.Rejected, Findings: []tonghop.Finding{f}}
}

// markDoubts marks the values that an open query names.
func markDoubts(ret *tonghop.Return) {
	type line struct {
		sheet string
		row   int
	}
	const tall = 50 // rows; few findings are, so they may be compared with every value
	asked, columns := map[line][]tonghop.Area{}, map[string][]tonghop.Area{}
	for _, f := range ret.Findings {
		for _, a := range f.Areas {
			if f.Severity == tonghop.Note {
				continue
			}
			if a.Bottom-a.Top > tall {
				columns[f.Sheet] = append(columns[f.Sheet], a)
				continue
			}
			for row := a.Top; row <= a.Bottom; row++ {
				asked[line{f.Sheet, row}] = append(asked[line{f.Sheet, row}], a)
			}
		}
	}
	for i := range ret.Rows {
		for j := range ret.Rows[i].Values {
			v := &ret.Rows[i].Values[j]
			for _, areas := range [][]tonghop.Area{asked[line{v.Ref.Sheet, v.Ref.Row}], columns[v.Ref.Sheet]} {
				for _, a := range areas {
					v.Doubt = v.Doubt || a.Contains(v.Ref.Row, v.Ref.Col)
				}
			}
		}
	}
}
