package main

import (
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

// province looks whether the chosen province is one today: in 2025 most became
// part of another, and a report of now would belong to none.
func (d *checkup) province() {
	code := d.a.config.Province
	if code == "" {
		d.warn("config", "province_none")
		return
	}
	register, err := templates.Units(templates.FS(d.a.config.Home))
	if err != nil || code == "all" {
		return // what is wrong with the templates is said where they are looked at
	}
	today := d.a.today()
	if _, ok := register.Unit(code, today); ok {
		return
	}
	last, ok := register.Last(code)
	if !ok || last.To == "" || today <= last.To {
		return
	}
	next := successor(register, last, today)
	d.warn("config", "province_gone", "code", code, "name", last.Name, "date", dayAfter(last.To).Vietnamese(),
		"next", next.Code, "next_name", next.Name)
}

// successor is the province in which most communes lie today whose codes were
// of a province that is no more.
func successor(register *tonghop.Register, gone tonghop.Unit, today tonghop.Date) tonghop.Unit {
	communes := map[string]int{}
	var best tonghop.Unit
	for _, office := range register.Children(gone.Code, gone.To) {
		for _, commune := range register.Children(office.Code, gone.To) {
			p, ok := register.Province(commune.Code, today)
			if !ok {
				continue
			}
			if communes[p.Code]++; communes[p.Code] > communes[best.Code] {
				best = p
			}
		}
	}
	return best
}

// dayAfter is the next day.
func dayAfter(d tonghop.Date) tonghop.Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return tonghop.Date(t.AddDate(0, 0, 1).Format(time.DateOnly))
}
