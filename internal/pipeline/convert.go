package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
)

// Converter turns a spreadsheet that we do not read into one that we do. kind
// is the code of its refusal without "file.": "xlsb".
type Converter interface {
	Convert(ctx context.Context, kind string, b []byte) ([]byte, error)
}

// Converting lets another program convert what the readers refuse for its
// format, and reads the result. The return says so.
type Converting struct {
	Readers   Readers
	Converter Converter
	Kinds     []string // what the converter takes
}

// Read reads the parcel, or what it was converted to. If converting fails the
// refusal stands, with a note that it was tried.
func (c *Converting) Read(ctx context.Context, p tonghop.Parcel) (tonghop.Return, error) {
	ret, err := c.Readers.Read(ctx, p)
	if err != nil {
		return ret, err
	}
	kind := strings.TrimPrefix(refusal(ret), "file.")
	if !slices.Contains(c.Kinds, kind) {
		return ret, nil
	}
	out, err := c.convert(ctx, kind, p.Bytes)
	if ctx.Err() != nil {
		return ret, context.Cause(ctx)
	}
	if err != nil {
		why := tonghop.CodeOf(err)
		if !strings.HasPrefix(why, "convert.") {
			why = "convert.failed" // the file is damaged, or whatever else it is
		}
		f := tonghop.Finding{Rule: "TEP-012", Severity: tonghop.Note, Owner: tonghop.OwnerSystem}
		ret.Findings = append(ret.Findings, f.Arg("why", why).Arg("detail", err.Error()))
		return ret, nil
	}
	p.Bytes, p.Converted = out, kind
	return c.Readers.Read(ctx, p)
}

// convert has the file converted. Whatever it does to the code that looks at it
// here is an error of this file.
func (c *Converting) convert(ctx context.Context, kind string, b []byte) (out []byte, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = tonghop.Fail("convert.failed", errors.Join(err, fmt.Errorf("%v", broken)), "kind", kind)
		}
	}()
	return c.Converter.Convert(ctx, kind, b)
}

// refusal is the code for which a file was refused; "" if it was not.
func refusal(ret tonghop.Return) string {
	for _, f := range ret.Findings {
		if f.Rule == "TEP-001" {
			return f.Args["code"]
		}
	}
	return ""
}
