package ingest

import (
	"slices"
	"strconv"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/bundle"
)

// opened is what came in with a parcel.
type opened struct {
	archive *tonghop.Parcel  // nil if the parcel is no archive that was opened
	files   []tonghop.Parcel // the parcel itself, or the files of the archive
}

// open opens the archives among the parcels of a delivery. What several of them
// hold together is not more than one may hold: all of it is in memory at once,
// and settled at once.
func (d *Desk) open(parcels []tonghop.Parcel) ([]opened, error) {
	lim, now := d.Limits.WithDefaults(), d.Now()
	all := make([]opened, 0, len(parcels))
	archives, files, size := 0, 0, int64(0)
	for _, p := range parcels {
		if p.Received.IsZero() {
			p.Received = now
		}
		o := openOne(p, lim)
		if o.archive != nil {
			archives++
		}
		files += len(o.files)
		for _, f := range o.files {
			size += int64(len(f.Bytes))
		}
		if archives > 0 && len(parcels) > 1 && (files > lim.Files || size > lim.Total) {
			return nil, tonghop.Fail("desk.crowded", nil, "files", strconv.Itoa(len(parcels)))
		}
		all = append(all, o)
	}
	return all, nil
}

// openOne opens a parcel if it is an archive of files that can be taken whole.
func openOne(p tonghop.Parcel, lim tonghop.Limits) opened {
	members, is, err := bundle.Open(p, lim)
	if !is || err != nil {
		return opened{files: []tonghop.Parcel{p}} // whoever reads it says why
	}
	o := opened{archive: &p}
	for _, m := range members {
		if m.Skip == SkipNone {
			o.files = append(o.files, m.Parcel)
		}
	}
	return o
}

// grouped puts the submissions of each parcel together.
func grouped(all []opened, subs []tonghop.Submission) [][]tonghop.Submission {
	var out [][]tonghop.Submission
	for _, o := range all {
		n := len(o.files)
		out, subs = append(out, slices.Clip(subs[:n])), subs[n:]
	}
	return out
}
