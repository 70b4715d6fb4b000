package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/bundle"
	"github.com/tonghop/tonghop/ingest/compute"
	"github.com/tonghop/tonghop/ingest/format"
	"github.com/tonghop/tonghop/normalize"
	"github.com/tonghop/tonghop/templates"
	"github.com/tonghop/tonghop/validate"
)

// Reader turns the bytes of one file into a judged return. It stores nothing
// and is used by one goroutine at a time.
type Reader struct {
	Known     tonghop.Known
	Limits    tonghop.Limits
	Passwords func() []string // of workbooks that have one; nil = none
	Answers   Remembered      // about the layouts of offices; nil = none

	province  string
	asOf      tonghop.Date
	rulebooks []*rulebook // the one of the form that is owed today first
	normal    map[*rulebook]*normalize.Normalizer
}

// NewReader compiles the forms, the criteria and the rules of the templates in
// force. province "" or "all" recognises the offices of every province; asOf
// "" judges by the last day of each report's period. Known is that of the form
// that every office owes; see [Reader.KnownOf].
func NewReader(fsys fs.FS, province string, asOf tonghop.Date) (*Reader, error) {
	register, err := templates.Units(fsys)
	if err != nil {
		return nil, fmt.Errorf("read register: %w", err)
	}
	r := &Reader{province: province, asOf: asOf, normal: map[*rulebook]*normalize.Normalizer{}}
	if r.rulebooks, err = readRulebooks(fsys, register); err != nil {
		return nil, err
	}
	r.Known = tonghop.Known{Register: register, Form: r.rulebooks[0].form, Criteria: r.rulebooks[0].criteria, Province: province, AsOf: asOf}
	return r, nil
}

// Fresh is another reader by the same rules, for another goroutine.
func (r *Reader) Fresh() *Reader {
	fresh := *r
	fresh.normal = map[*rulebook]*normalize.Normalizer{}
	return &fresh
}

// Read opens, recognises, reads and judges the file of a parcel. What cannot be
// read is a rejected return with its reason, never an error. If the program
// itself breaks down over the file, the return is held as the system's fault
// (TEP-002) and the sender has nothing to do.
//
// Where the door vouches for an office the return is that office's, whoever
// seems to have written the form: a doubt about it is a finding that holds.
func (r *Reader) Read(p tonghop.Parcel) tonghop.Return { return r.ReadAfter(p, nil) }

// ReadAfter is Read for a file whose office reported this before: its figures are
// compared with that. Only reports by the same version of the form count.
func (r *Reader) ReadAfter(p tonghop.Parcel, before tonghop.History) (ret tonghop.Return) {
	defer func() {
		if broken := recover(); broken != nil {
			ret = r.brokeDown(broken)
			clear(r.normal) // whatever state they are in
		}
		r.vouch(&ret, p.Office)
	}()
	return r.read(p, before)
}

// passwords are those of today.
func (r *Reader) passwords() []string {
	if r.Passwords == nil {
		return nil
	}
	return r.Passwords()
}

// vouch makes the return that of the office that handed it in.
func (r *Reader) vouch(ret *tonghop.Return, office string) {
	if office == "" || ret.Office.Code == office {
		return
	}
	on := ret.AsOf
	if on == "" {
		on = r.Known.AsOf
	}
	u, ok := r.Known.Register.Unit(office, on)
	if !ok {
		u, ok = r.Known.Register.Last(office)
	}
	if ok {
		ret.Office, ret.Province = u, u.Parent
		if u.Parent == "" {
			ret.Province = u.Code // the province's own office
		}
	}
}

// brokeDown is the return of a file over which the program broke down.
func (r *Reader) brokeDown(broken any) tonghop.Return {
	f := tonghop.Finding{Rule: "TEP-002", Severity: tonghop.Query, Owner: tonghop.OwnerSystem, Holds: true}
	f = f.Arg("detail", fmt.Sprint(broken)).Arg("stack", string(debug.Stack()))
	return tonghop.Return{Form: r.Known.Form.ID, State: tonghop.Held, Findings: []tonghop.Finding{f}}
}

// read is Read where nothing breaks down.
func (r *Reader) read(p tonghop.Parcel, before tonghop.History) tonghop.Return {
	book, err := format.Open(bytes.NewReader(p.Bytes), int64(len(p.Bytes)), r.Limits, r.passwords()...)
	if err != nil {
		if why := bundle.Why(p.Bytes, r.Limits); why != nil {
			err = why // an archive that could not be taken as its files
		}
		return r.refused(err)
	}
	if p.Converted != "" {
		book.Taken = append(book.Taken, tonghop.Taken{What: tonghop.TakenConverted, As: p.Converted, Sure: true})
	}
	compute.Fill(book)
	said := taken(book)
	hints := normalize.Hints{Province: r.province, Expect: p.Expect, AsOf: r.asOf, FileName: p.Name, Office: p.Office}
	whole := book
	book, chosen := r.choose(whole, hints, r.variants(p))
	if len(chosen.covers) == 0 {
		said = append(said, spelling(book, tonghop.Cover{}, &tonghop.Return{})...)
		ret := tonghop.Return{Form: r.Known.Form.ID, State: unread(chosen.findings), Findings: append(said, chosen.findings...)}
		explainedIn(whole, &ret)
		return ret
	}
	said = append(said, computed(book, chosen.covers)...)
	before = slices.DeleteFunc(slices.Clone(before), func(l tonghop.Last) bool { return r.rulebookOf(l.Form, l.AsOf) != chosen.rules })
	reading := r.normalizer(chosen.rules).After(before).Read(book, chosen.covers, hints)
	ret := tonghop.Return{Form: reading.Cover.Form, Office: reading.Cover.Office, Province: reading.Cover.Province,
		Period: reading.Cover.Period, AsOf: r.Known.On(reading.Cover.Period), Rows: reading.Rows, Totals: reading.Totals,
		Printed: reading.Printed, Evidence: reading.Cover.Evidence, Score: reading.Cover.Score, RunnerUp: reading.Cover.RunnerUp, Places: places(book, reading, chosen.rules.form),
		Ignored: append(reading.Ignored, setAside(whole, book)...), Findings: slices.Concat(said, chosen.findings, reading.Findings)}
	ret.Findings = append(ret.Findings, spelling(book, reading.Cover, &ret)...)
	if day := tonghop.DayOf(p.Received); day != "" && ret.Period.Start() > day {
		f := tonghop.Finding{Rule: "KY-007", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Sheet: reading.Cover.Sheet, Holds: true}
		ret.Findings = append(ret.Findings, f.Arg("period", ret.Period.String()).Arg("day", day.Vietnamese()))
	}
	if ret.Office.Code != "" && ret.AsOf != "" && !unsure(ret.Findings) {
		result := chosen.rules.judge.Check(&ret)
		for i, rule := range result.LeftOut {
			ret.Rows[i].LeftOut = rule
		}
		ret.Findings = append(ret.Findings, result.Findings...)
	}
	ret.Findings = slices.Concat(validate.Repeated(&ret, before), validate.Causes(&ret), ret.Findings)
	ret.Findings = validate.Fold(ret.Findings, &ret)
	explainedIn(whole, &ret)
	markDoubts(&ret)
	ret.State = tonghop.Verdict(ret.Findings)
	if p.Tables {
		ret.Tables = r.normalizer(chosen.rules).Answered(r.variants(p)).Layouts(book, chosen.covers, ret.Findings)
	}
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
	case "file.xlsb", "file.ole", "file.xml", "file.archive", "file.zip", "file.zip_method":
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

// unread is the state of a file of which no table was read: held where a person
// can say more.
func unread(found []tonghop.Finding) tonghop.State {
	if slices.ContainsFunc(found, func(f tonghop.Finding) bool { return f.Holds }) {
		return tonghop.Held
	}
	return tonghop.Rejected
}
