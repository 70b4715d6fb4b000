package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/compute"
	"github.com/tonghop/tonghop/ingest/format"
	"github.com/tonghop/tonghop/internal/excel"
	"github.com/tonghop/tonghop/internal/jail"
	"github.com/tonghop/tonghop/internal/overlay"
)

// Explain draws how a file that was judged was understood, as one page of HTML
// that needs nothing beside it. page and style are those of
// [templates.OverlayPage]. A file that cannot be opened gives the page without its
// sheets. The error explain.failed says that no page was made.
func (a *Annotator) Explain(ctx context.Context, p tonghop.Parcel, ret tonghop.Return, page, style string) ([]byte, error) {
	known, err := a.Reader.KnownOf(ret.Form, ret.AsOf)
	if err != nil {
		known = a.Reader.Known
	}
	n := pageNotes(a.Letters, known, p.Name, ret)
	n.Template, n.Style = page, style
	o := annotating{Raw: p.Bytes, Limits: a.Reader.Limits, Passwords: a.Reader.passwords(), Page: &n}
	answer, err := a.ask(ctx, o)
	var fault *jail.FaultError
	switch {
	case errors.As(err, &fault):
		return nil, tonghop.Fail("explain.failed", fault)
	case err != nil:
		return nil, fmt.Errorf("draw page in a child: %w", err)
	case answer.Failed != "":
		return nil, tonghop.Fail("explain.failed", errors.New(answer.Failed))
	}
	return answer.Page, nil
}

// explain draws the page.
func explain(o annotating) annotatedAnswer {
	looks := map[string]overlay.Look{}
	book, err := format.Open(bytes.NewReader(o.Raw), int64(len(o.Raw)), o.Limits, o.Passwords...)
	if err != nil {
		book = nil // the page says so
	} else {
		compute.Fill(book)
		for name, l := range excel.Looks(o.Raw, o.Limits.WithDefaults().Part) {
			looks[name] = overlay.Look{Width: l.Width, Cell: l.Cell}
		}
	}
	var out bytes.Buffer
	if err := overlay.Draw(&out, book, looks, *o.Page); err != nil {
		return annotatedAnswer{Failed: err.Error()}
	}
	return annotatedAnswer{Page: out.Bytes()}
}
