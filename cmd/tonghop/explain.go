package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// explanation is the page that was asked for: how a file was understood.
type explanation struct{ out string }

// allowed refuses to write the page over a file that is checked, or over the
// annotated copy.
func (e *explanation) allowed(paths []string, copy string) error {
	if copy != "" && filepath.Clean(copy) == filepath.Clean(e.out) {
		return tonghop.Fail("explain.itself", nil, "file", copy)
	}
	to, err := os.Stat(e.out)
	if err != nil {
		return nil // nothing is there
	}
	for _, path := range paths {
		if from, err := os.Stat(path); err == nil && os.SameFile(from, to) {
			return tonghop.Fail("explain.itself", nil, "file", path)
		}
	}
	return nil
}

// explain writes the page of the one file that was read. Where none could be
// taken there is nothing to show: the report says why.
func (a *app) explain(ctx context.Context, e *explanation, n *annotation, outcomes []pipeline.Outcome) error {
	if len(n.readers.read) > 1 {
		return tonghop.Fail("explain.one", nil, "count", fmt.Sprint(len(n.readers.read)))
	}
	for _, o := range outcomes {
		if o.Err != nil || o.Skip != ingest.SkipNone || len(n.readers.read) == 0 {
			continue
		}
		page, style, err := templates.OverlayPage(templates.FS(a.config.Home))
		if err != nil {
			return err
		}
		annotator, done := a.annotator(n)
		defer done()
		p := n.readers.read[0]
		p.Name = filepath.Base(p.Name)
		made, err := annotator.Explain(ctx, p, o.Return, page, style)
		if err != nil {
			return err
		}
		return handOut(ctx, e.out, made)
	}
	return nil
}
