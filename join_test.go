package tonghop_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// history is a small register: A and B were joined into A between two lists,
// C changed its name, D was divided when the districts ended.
func history() *tonghop.Register {
	xa := func(code, name, parent string, from, to, fromAfter, toAfter tonghop.Date) tonghop.Unit {
		return tonghop.Unit{Code: code, Name: name, Kind: tonghop.Xa, Parent: parent, From: from, To: to, FromAfter: fromAfter, ToAfter: toAfter}
	}
	r := tonghop.NewRegister([]tonghop.Unit{
		{Code: "84", Name: "Tỉnh T", Kind: tonghop.Tinh},
		{Code: "849", Name: "Huyện H", Kind: tonghop.Huyen, Parent: "84", To: "2025-06-30"},
		xa("29001", "Xã A", "849", "", "2025-06-30", "", ""),
		xa("29002", "Xã B", "849", "", "2024-12-31", "", "2024-11-01"),
		xa("29003", "Xã C", "849", "", "2024-12-31", "", "2024-11-01"),
		xa("29003", "Xã C Mới", "849", "2025-01-01", "2025-06-30", "2024-11-01", ""),
		xa("29004", "Xã D", "849", "", "2025-06-30", "", ""),
		xa("29001", "Xã E", "84", "2025-07-01", "", "", ""),
		xa("29003", "Xã G", "84", "2025-07-01", "", "", ""),
	})
	return r.WithJoins([]tonghop.Join{
		{From: "2025-07-01", Old: "29001", New: "29003", Whole: true},
		{From: "2025-07-01", Old: "29003", New: "29001", Whole: true},
		{From: "2025-07-01", Old: "29004", New: "29001"}, {From: "2025-07-01", Old: "29004", New: "29003"},
	})
}

func TestBecame(t *testing.T) {
	r := history()
	for _, c := range []struct {
		code string
		was  tonghop.Date
		on   tonghop.Date
		want []string
		sure bool
	}{
		{"29001", "2024-01-01", "2024-06-30", []string{"Xã A"}, true},
		{"29001", "2024-01-01", "2025-09-30", []string{"Xã G"}, true}, // not E, which bears its code
		{"29003", "2024-01-01", "2025-03-01", []string{"Xã C Mới"}, true},
		{"29003", "2024-01-01", "2025-09-30", []string{"Xã E"}, true}, // by its later name
		{"29002", "2024-01-01", "2025-03-01", nil, false},             // nobody wrote it down
		{"29004", "2024-01-01", "2025-09-30", []string{"Xã E", "Xã G"}, false},
	} {
		u, ok := r.Unit(c.code, c.was)
		if !ok {
			t.Fatalf("no unit %s on %s", c.code, c.was)
		}
		now, sure := r.Became(u, c.on)
		var names []string
		for _, n := range now {
			names = append(names, n.Name)
		}
		if diff := cmp.Diff(c.want, names); diff != "" || sure != c.sure {
			t.Errorf("%s of %s on %s: certain %t, want %t (-want +got):\n%s", u.Name, c.was, c.on, sure, c.sure, diff)
		}
	}
}

func TestPresence(t *testing.T) {
	r := history()
	ended, _ := r.Unit("29002", "2024-01-01")
	began, _ := r.Unit("29003", "2025-01-01")
	for _, c := range []struct {
		on           tonghop.Date
		ended, began tonghop.Presence
	}{
		{"2024-11-01", tonghop.Present, tonghop.Absent}, {"2024-11-02", tonghop.Perhaps, tonghop.Perhaps},
		{"2024-12-31", tonghop.Perhaps, tonghop.Perhaps}, {"2025-01-01", tonghop.Absent, tonghop.Present},
		{"2025-07-01", tonghop.Absent, tonghop.Absent},
	} {
		if got := ended.Presence(c.on); got != c.ended {
			t.Errorf("the ended one on %s: %d, want %d", c.on, got, c.ended)
		}
		if got := began.Presence(c.on); got != c.began {
			t.Errorf("the new one on %s: %d, want %d", c.on, got, c.began)
		}
	}
	if got := len(r.Perhaps("849", "2024-12-31")); got != 3 {
		t.Errorf("%d units of the district are in doubt, want B, C and C Mới", got)
	}
}

func TestHeirs(t *testing.T) {
	r := history()
	district, _ := r.Unit("849", "2025-06-30")
	var names []string
	for _, u := range r.Heirs(district, "2025-09-30", 3) {
		names = append(names, u.Name)
	}
	if diff := cmp.Diff([]string{"Xã E", "Xã G"}, names); diff != "" {
		t.Errorf("heirs of the district (-want +got):\n%s", diff)
	}
}

func TestSenders(t *testing.T) {
	f := &tonghop.Form{Senders: []tonghop.Sender{{Level: 2, To: "2025-06-30"}, {Level: 3, From: "2025-07-01"}}}
	for on, want := range map[tonghop.Date]int{"2023-06-30": 2, "2025-06-30": 2, "2025-07-01": 3, "2026-01-31": 3} {
		k := tonghop.Known{Register: history(), Form: f}
		if got := f.SenderLevel(on); got != want {
			t.Errorf("level %d on %s, want %d", got, on, want)
		}
		for _, o := range k.Offices("84", on) {
			if o.Kind.Level() != want {
				t.Errorf("%s is due on %s", o.Name, on)
			}
		}
	}
}
