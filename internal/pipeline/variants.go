package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// Remembered gives the answers that people gave about the layouts of an office,
// "" for all offices. It is [store.DB.Variants].
type Remembered func(ctx context.Context, office string) ([]tonghop.Variant, error)

// of are the answers that may count for a parcel. Whose report it is, is known
// only when it was read, unless the door vouches for an office.
func (remembered Remembered) of(ctx context.Context, p tonghop.Parcel) ([]tonghop.Variant, error) {
	if remembered == nil {
		return nil, nil
	}
	all, err := remembered(ctx, p.Office)
	if err != nil {
		return nil, fmt.Errorf("look for answers about layouts: %w", err)
	}
	return slices.DeleteFunc(all, func(v tonghop.Variant) bool { return !v.Answered() }), nil
}

// variants are the answers by which a parcel is read.
func (r *Reader) variants(p tonghop.Parcel) []tonghop.Variant {
	return tonghop.With(r.Known.Variants, p.Trial)
}

// Difference is what another reading of the same file changes.
type Difference struct {
	Before, After tonghop.State
	Fields        []FieldChange
	Gone, New     []tonghop.Finding // notes are not told
}

// FieldChange counts the values of a field that another reading brings, takes
// away or changes.
type FieldChange struct {
	Field                 string
	Gained, Lost, Changed int
	At                    tonghop.Ref // the first of them
	Was, Is               string      // what it says there, as typed; "" = nothing was read
}

// Differences compares two readings of the same file.
func Differences(before, after tonghop.Return) Difference {
	return Difference{Before: before.State, After: after.State, Fields: fieldChanges(before, after),
		Gone: without(before.Findings, after.Findings), New: without(after.Findings, before.Findings)}
}

// None reports whether the readings say the same.
func (d Difference) None() bool {
	return d.Before == d.After && len(d.Fields) == 0 && len(d.Gone) == 0 && len(d.New) == 0
}

// without are the findings that are not among others; notes are left out.
func without(found, others []tonghop.Finding) []tonghop.Finding {
	said := map[string]bool{}
	for _, f := range others {
		said[f.Key()+" "+f.Found] = true
	}
	var out []tonghop.Finding
	for _, f := range found {
		if f.Severity != tonghop.Note && !said[f.Key()+" "+f.Found] {
			out = append(out, f)
		}
	}
	return out
}

// fieldChanges compares the values of two readings, by field in the order of
// their numbers.
func fieldChanges(before, after tonghop.Return) []FieldChange {
	was, is := valuesOf(before), valuesOf(after)
	changes := map[string]*FieldChange{}
	change := func(v oneValue, count func(*FieldChange)) {
		c := changes[v.field]
		if c == nil {
			c = &FieldChange{Field: v.field, At: v.ref, Was: was[v.key].raw, Is: is[v.key].raw}
			changes[v.field] = c
		}
		count(c)
	}
	for _, key := range sortedKeys(was, is) {
		a, hadA := was[key]
		b, hadB := is[key]
		switch {
		case !hadA:
			change(b, func(c *FieldChange) { c.Gained++ })
		case !hadB:
			change(a, func(c *FieldChange) { c.Lost++ })
		case a.means != b.means:
			change(b, func(c *FieldChange) { c.Changed++ })
		}
	}
	var out []FieldChange
	for _, c := range changes {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b FieldChange) int { return compareFields(a.Field, b.Field) })
	return out
}

// oneValue is one value of a reading.
type oneValue struct {
	key, field, raw, means string
	ref                    tonghop.Ref
}

// valuesOf are the values of a reading by the cells that they stand in.
func valuesOf(r tonghop.Return) map[string]oneValue {
	out := map[string]oneValue{}
	for _, row := range r.Rows {
		for _, v := range row.Values {
			s := oneValue{field: v.Field, raw: v.Shown, ref: v.Ref, means: fmt.Sprint(v.Figure(), v.Mark, v.Empty)}
			s.key = fmt.Sprintf("%s\x00%s\x00%08d\x00%08d", v.Field, v.Ref.Sheet, v.Ref.Row, v.Ref.Col)
			out[s.key] = s
		}
	}
	return out
}

// sortedKeys are the keys of two readings in the order of field and cell.
func sortedKeys(a, b map[string]oneValue) []string {
	var keys []string
	for k := range a {
		keys = append(keys, k)
	}
	for k := range b {
		if _, both := a[k]; !both {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

// compareFields orders indicators by their numbers, and puts them before the
// marks of criteria and the form's own fields.
func compareFields(a, b string) int {
	return slices.Compare(fieldOrder(a), fieldOrder(b))
}

// fieldOrder are the numbers by which a field is ordered.
func fieldOrder(field string) []int {
	out := []int{0}
	digits, criterion := strings.CutPrefix(field, "TC")
	if criterion {
		out[0] = 1
	}
	for _, part := range strings.Split(digits, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return []int{2, int(field[0])}
		}
		out = append(out, n)
	}
	return out
}
