package tonghop

import (
	"cmp"
	"slices"
	"strings"
)

// UnitKind is the kind of an administrative unit, as the law names it.
type UnitKind string

// The kinds of units in the register.
const (
	Tinh     UnitKind = "tinh"      // tỉnh: province
	ThanhTW  UnitKind = "tp_tw"     // thành phố trực thuộc trung ương
	Quan     UnitKind = "quan"      // quận: urban district
	Huyen    UnitKind = "huyen"     // huyện: rural district
	ThiXa    UnitKind = "thi_xa"    // thị xã: town at district level
	ThanhPho UnitKind = "thanh_pho" // thành phố thuộc tỉnh
	Xa       UnitKind = "xa"        // xã: commune, the unit that the criteria judge
	Phuong   UnitKind = "phuong"    // phường: ward
	ThiTran  UnitKind = "thi_tran"  // thị trấn: township
	DacKhu   UnitKind = "dac_khu"   // đặc khu: special zone, from 01/7/2025
)

// Level is 1 for provinces, 2 for districts, 3 for communes, 0 if unknown.
func (k UnitKind) Level() int {
	switch k {
	case Tinh, ThanhTW:
		return 1
	case Quan, Huyen, ThiXa, ThanhPho:
		return 2
	case Xa, Phuong, ThiTran, DacKhu:
		return 3
	}
	return 0
}

// Unit is one administrative unit during one stretch of time. Codes are
// reused after 01/7/2025, so a unit is known by code and From together.
type Unit struct {
	Code   string   // General Statistics Office code: 2, 3 or 5 digits
	Name   string   // official spelling with its kind: "Xã Long Đức"
	Kind   UnitKind //
	Parent string   // code of the unit above; "" for a province
	From   Date     // first day on which a list shows it; "" = since before the register begins
	To     Date     // last day on which it stands; "" = still standing
	Region string   // threshold region (DBSCL, TDMNPB…) of a province, or of a commune whose province joins several

	// Lists of units appear months apart, so most changes are known only to
	// lie between two of them.
	FromAfter  Date      // last list without this unit: it began after this day and by From; "" = From is exact
	ToAfter    Date      // last list with it: it ended after this day and by To; "" = To is exact
	RegionSure Certainty // of Region
}

// Register is the list of administrative units with their dates. It answers
// for one date at a time and never changes after it is built.
type Register struct {
	byCode   map[levelCode][]Unit // by level and code, in order of time
	children map[string][]*Unit   // by the code above; "" for the provinces
	joined   []Join               // sorted by the code of the unit that was joined
	zones    map[string][]Zone    // by the code of the commune
}

// NewRegister indexes units; their order does not matter.
func NewRegister(units []Unit) *Register {
	r := &Register{byCode: make(map[levelCode][]Unit, len(units)), children: map[string][]*Unit{}}
	order := make([]*Unit, len(units))
	for i := range units {
		order[i] = &units[i]
	}
	slices.SortStableFunc(order, func(a, b *Unit) int {
		return cmp.Or(strings.Compare(a.Code, b.Code), a.Kind.Level()-b.Kind.Level(), strings.Compare(string(a.From), string(b.From)))
	})
	sorted := make([]Unit, len(units))
	for i, u := range order {
		sorted[i] = *u
	}
	for i := 0; i < len(sorted); {
		end := i + 1
		for end < len(sorted) && sorted[end].Code == sorted[i].Code && sorted[end].Kind.Level() == sorted[i].Kind.Level() {
			end++
		}
		r.byCode[levelCode{sorted[i].Kind.Level(), sorted[i].Code}] = sorted[i:end:end]
		i = end
	}
	for i := range sorted {
		r.children[sorted[i].Parent] = append(r.children[sorted[i].Parent], &sorted[i])
	}
	return r
}

// levelCode keeps codes of different levels apart; their lengths already do,
// the level makes it certain.
type levelCode struct {
	level int
	code  string
}

// Unit finds the unit that bore code on the date.
func (r *Register) Unit(code string, on Date) (Unit, bool) {
	for level := 1; level <= 3; level++ {
		for _, u := range r.byCode[levelCode{level, code}] {
			if on.Within(u.From, u.To) {
				return u, true
			}
		}
	}
	return Unit{}, false
}

// Last finds the latest unit that ever bore the code of a unit of level 2 or
// 3, or else a province.
func (r *Register) Last(code string) (Unit, bool) {
	for level := 3; level >= 1; level-- {
		if all := r.byCode[levelCode{level, code}]; len(all) > 0 {
			return all[len(all)-1], true
		}
	}
	return Unit{}, false
}

// Lines lists every stretch of time of the units of level 2 or 3 that ever bore
// the code, in order of time. They are the register's own: do not change them.
func (r *Register) Lines(code string) []Unit {
	if len(code) == 5 {
		return r.byCode[levelCode{3, code}]
	}
	return r.byCode[levelCode{2, code}]
}

// Children lists the units directly under parent on the date, by code;
// parent "" lists the provinces.
func (r *Register) Children(parent string, on Date) []Unit {
	var out []Unit
	for _, u := range r.children[parent] {
		if on.Within(u.From, u.To) {
			out = append(out, *u)
		}
	}
	return out
}

// Communes lists the xã that an office reports on, on the date: the units that
// the commune criteria judge. A xã reports on itself. Wards and townships are
// not among them.
func (r *Register) Communes(office string, on Date) []Unit {
	var out []Unit
	if u, ok := r.Unit(office, on); ok && u.Kind == Xa {
		return []Unit{u}
	}
	for _, u := range r.Children(office, on) {
		if u.Kind == Xa {
			out = append(out, u)
		}
	}
	return out
}

// Offices lists the units of a province that must report on the date, by code,
// where those of the level are who sends: districts with at least one xã under
// them, or the xã themselves.
func (r *Register) Offices(province string, on Date, level int) []Unit {
	var out []Unit
	for _, u := range r.Children(province, on) {
		if u.Kind.Level() == level && len(r.Communes(u.Code, on)) > 0 {
			out = append(out, u)
		}
	}
	return out
}

// Region is the threshold region of a unit on the date and how sure it is: its
// own, or that of the nearest unit above that has one; "" if none has.
func (r *Register) Region(code string, on Date) (string, Certainty) {
	for {
		u, ok := r.Unit(code, on)
		if !ok {
			return "", Unknown
		}
		if u.Region != "" || u.Parent == "" {
			return u.Region, u.RegionSure
		}
		code = u.Parent
	}
}

// Province returns the province above an office or a commune on the date.
func (r *Register) Province(code string, on Date) (Unit, bool) {
	u, ok := r.Unit(code, on)
	for ok && u.Parent != "" {
		u, ok = r.Unit(u.Parent, on)
	}
	return u, ok
}
