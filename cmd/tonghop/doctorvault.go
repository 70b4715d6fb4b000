package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/internal/vault"
)

// vaultFolder is where originals and editions are kept.
func (a *app) vaultFolder() string { return filepath.Join(a.config.Home, "vault") }

// newest is how many originals are read and held against their digests; of the
// others it is only looked whether they are there.
const newest = 100

// originals looks whether the original of everything that was taken is kept.
func (d *checkup) originals(ctx context.Context, db *store.DB) {
	var subs []tonghop.Submission // one for each digest
	seen := map[string]bool{}
	for sub, err := range db.Submissions(ctx, store.Filter{}) {
		if err != nil {
			d.bad("vault", err)
			return
		}
		if !seen[sub.SHA256] {
			seen[sub.SHA256] = true
			subs = append(subs, sub)
		}
	}
	if len(subs) == 0 {
		return
	}
	path := d.a.vaultFolder()
	if _, err := os.ReadDir(path); absent(path) {
		d.say(weightBad, "vault", "vault_gone", "path", path, "count", strconv.Itoa(len(subs)))
		return
	} else if err != nil {
		d.bad("vault", tonghop.Fail("vault.open", err, "path", path))
		return
	}
	d.kept(ctx, vault.At(path), subs)
}

// kept looks for originals, the newest last.
func (d *checkup) kept(ctx context.Context, v *vault.Dir, subs []tonghop.Submission) {
	lost, damaged, read := &tally{}, &tally{}, 0
	for i, sub := range subs {
		if !v.Has(ctx, sub.SHA256) {
			lost.add(sub)
			continue
		}
		if len(subs)-i > newest {
			continue
		}
		if _, err := v.Get(ctx, sub.SHA256); err != nil {
			damaged.add(sub)
		}
		read++
	}
	if ctx.Err() != nil {
		return
	}
	if lost.count > 0 {
		d.say(weightBad, "vault", "originals_lost", "count", strconv.Itoa(lost.count), "first", lost.first)
	}
	if damaged.count > 0 {
		d.say(weightBad, "vault", "originals_damaged", "count", strconv.Itoa(damaged.count), "first", damaged.first)
	}
	if lost.count+damaged.count == 0 {
		d.good("vault", "originals_ok", "count", strconv.Itoa(len(subs)), "read", strconv.Itoa(read))
	}
}

// tally counts submissions and names the first.
type tally struct {
	count int
	first string
}

// add counts one more.
func (s *tally) add(sub tonghop.Submission) {
	if s.count++; s.count == 1 {
		s.first = told(sub)
	}
}

// told names a submission: TH-000012 (BC NTM T6.xlsx).
func told(sub tonghop.Submission) string { return sub.Receipt + " (" + sub.Name + ")" }
