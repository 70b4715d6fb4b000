package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/compute"
	"github.com/tonghop/tonghop/ingest/format"
	"github.com/tonghop/tonghop/internal/excel"
	"github.com/tonghop/tonghop/internal/jail"
	"github.com/tonghop/tonghop/internal/overlay"
	"github.com/tonghop/tonghop/templates"
)

// Annotator gives clerks their own workbooks back with what is said of them.
type Annotator struct {
	Reader  *Reader // what the readers know
	Readers Readers // that prove a copy before it is handed out
	Letters *templates.Letters
	Pool    *jail.Pool // of children that call [ServeAnnotator]; nil = in this process
}

// Annotated is an annotated copy. InPlace says that it is the clerk's own
// workbook with marks; otherwise it is a list with a copy of the values.
type Annotated struct {
	Workbook []byte
	InPlace  bool
}

// annotating is what a child is asked. There are two wordings: of the clerk's
// own workbook and of a copy.
type annotating struct {
	Raw       []byte
	Limits    tonghop.Limits
	Passwords []string
	Own       excel.Notes   // the workbook is annotated itself
	Values    excel.Notes   // there is a copy of its values
	List      excel.Notes   // it cannot be opened
	Page      *overlay.Page // not nil: not a copy is asked for but this page
}

// annotatedAnswer is what a child answers; Failed is why it could not.
type annotatedAnswer struct {
	Annotated
	Page   []byte
	Failed string
}

// Annotate makes the annotated copy of a file that was judged. It is read again
// before it is handed out: the clerk's own workbook must give the same facts and
// findings with its marks as without. The errors annotate.failed and
// annotate.differs say that no copy was made.
func (a *Annotator) Annotate(ctx context.Context, p tonghop.Parcel, ret tonghop.Return) (Annotated, error) {
	known, err := a.Reader.KnownOf(ret.Form, ret.AsOf)
	if err != nil {
		known = a.Reader.Known
	}
	o := annotating{Raw: p.Bytes, Limits: a.Reader.Limits, Passwords: a.Reader.passwords()}
	o.Own = wordNotes(a.Letters, known, p.Name, ret, true, true)
	o.Values = wordNotes(a.Letters, known, p.Name, ret, false, true)
	o.List = wordNotes(a.Letters, known, p.Name, ret, false, false)
	made, err := a.make(ctx, o)
	if err != nil {
		return Annotated{}, err
	}
	if err := a.prove(ctx, p, ret, made); err != nil {
		return Annotated{}, err
	}
	return made, nil
}

// make has the copy made where a hostile file can do no harm.
func (a *Annotator) make(ctx context.Context, o annotating) (Annotated, error) {
	answer, err := a.ask(ctx, o)
	var fault *jail.FaultError
	switch {
	case errors.As(err, &fault):
		return Annotated{}, tonghop.Fail("annotate.failed", fault)
	case err != nil:
		return Annotated{}, fmt.Errorf("annotate in a child: %w", err)
	case answer.Failed != "":
		return Annotated{}, tonghop.Fail("annotate.failed", errors.New(answer.Failed))
	}
	return answer.Annotated, nil
}

// ask has a child answer, or this process where there are no children.
func (a *Annotator) ask(ctx context.Context, o annotating) (annotatedAnswer, error) {
	if a.Pool == nil {
		return annotate(o), nil
	}
	return jail.Do[annotating, annotatedAnswer](ctx, a.Pool, o)
}

// prove reads a copy again.
func (a *Annotator) prove(ctx context.Context, p tonghop.Parcel, ret tonghop.Return, made Annotated) error {
	again := p
	again.Bytes = made.Workbook
	read, err := a.Readers.Read(ctx, again)
	if err != nil {
		return fmt.Errorf("read annotated copy: %w", err)
	}
	if code := refusal(read); code != "" {
		return tonghop.Fail("annotate.failed", fmt.Errorf("the copy is refused: %s", code))
	}
	if made.InPlace {
		if what := differs(ret, read); what != "" {
			return tonghop.Fail("annotate.differs", errors.New(what))
		}
	}
	return nil
}

// matched leaves out what is said of texts that answer nothing: they stand in the
// list of a copy and are typed no more.
func matched(all []tonghop.Finding) []tonghop.Finding {
	return slices.DeleteFunc(slices.Clone(all), unmatched)
}

// differs tells what two readings do not have in common: facts, or findings.
func differs(a, b tonghop.Return) string {
	for _, part := range []struct {
		name string
		a, b any
	}{
		{"office", a.Office.Code, b.Office.Code}, {"period", a.Period, b.Period}, {"form", a.Form, b.Form}, {"state", a.State, b.State},
		{"rows", a.Rows, b.Rows}, {"totals", a.Totals, b.Totals}, {"findings", matched(a.Findings), matched(b.Findings)}, {"ignored", a.Ignored, b.Ignored},
	} {
		if fmt.Sprint(part.a) != fmt.Sprint(part.b) {
			return part.name
		}
	}
	return ""
}

// ServeAnnotator annotates for the parent of this process until it is told no
// more; it is the first thing that a child does.
func ServeAnnotator(in io.Reader, out io.Writer) error {
	return jail.Serve(in, out, func(o annotating) (annotatedAnswer, error) { return annotate(o), nil })
}

// annotate makes a copy. Whatever a file does to the code is the answer that no
// copy could be made.
func annotate(o annotating) (answer annotatedAnswer) {
	defer func() {
		if broken := recover(); broken != nil {
			answer = annotatedAnswer{Failed: fmt.Sprint(broken)}
		}
	}()
	if o.Page != nil {
		return explain(o)
	}
	src := excel.Source{Raw: o.Raw, Most: o.Limits.WithDefaults().Part}
	book, err := format.Open(bytes.NewReader(o.Raw), int64(len(o.Raw)), o.Limits, o.Passwords...)
	notes := o.List
	if err == nil {
		compute.Fill(book)
		src.Book, notes = book, o.Own
	}
	var out bytes.Buffer
	if src.Book != nil {
		err = excel.AnnotateInPlace(&out, src, notes)
		if err == nil {
			return annotatedAnswer{Annotated: Annotated{Workbook: out.Bytes(), InPlace: true}}
		}
		notes = o.Values
		out.Reset()
	}
	if err := excel.AnnotateCopy(&out, src.Book, notes); err != nil {
		return annotatedAnswer{Failed: err.Error()}
	}
	return annotatedAnswer{Annotated: Annotated{Workbook: out.Bytes()}}
}
