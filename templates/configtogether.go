package templates

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// WrongSchedules places the faults that internal/schedule finds in the schedules,
// where an expression is compiled: errors whose argument "name" is that of a
// schedule. Any other error comes back as it is.
func (c Config) WrongSchedules(err error) error {
	all := []error{err}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		all = many.Unwrap()
	}
	var faults []*tonghop.Error
	for _, one := range all {
		var f *tonghop.Error
		if !errors.As(one, &f) {
			return err
		}
		i := slices.IndexFunc(c.Schedules, func(s ScheduleConfig) bool { return s.Name == f.Args["name"] })
		if i < 0 {
			return err
		}
		field := ".cron"
		if strings.HasSuffix(f.Code, ".period") {
			field = ".period"
		}
		faults = append(faults, c.Place(fmt.Sprintf("schedules[%d]%s", i, field), f))
	}
	return c.Wrong(faults...)
}

// Together makes one error of several that [Config.Wrong] made, with their
// faults in the order of their lines. A nil among them counts for nothing; an
// error of another kind comes back alone.
func (c Config) Together(errs ...error) error {
	var faults []*tonghop.Error
	for _, err := range errs {
		if err == nil {
			continue
		}
		var wrong *tonghop.Error
		if !errors.As(err, &wrong) || wrong.Code != "config.wrong" {
			return err
		}
		many, ok := wrong.Cause.(interface{ Unwrap() []error })
		if !ok {
			return err
		}
		for _, one := range many.Unwrap() {
			var f *tonghop.Error
			if errors.As(one, &f) {
				faults = append(faults, f)
			}
		}
	}
	if len(faults) == 0 {
		return nil
	}
	slices.SortStableFunc(faults, func(a, b *tonghop.Error) int {
		aLine, aColumn := placeOf(a)
		bLine, bColumn := placeOf(b)
		return cmp.Or(cmp.Compare(aLine, bLine), cmp.Compare(aColumn, bColumn))
	})
	return c.Wrong(faults...)
}

// placeOf is where a fault stands: its argument "at" ends in :line or in
// :line:column. Zeros if it stands nowhere.
func placeOf(f *tonghop.Error) (line, column int) {
	parts := strings.Split(f.Args["at"], ":")
	last, err := strconv.Atoi(parts[len(parts)-1])
	if err != nil {
		return 0, 0
	}
	if len(parts) > 1 {
		if n, err := strconv.Atoi(parts[len(parts)-2]); err == nil {
			return n, last
		}
	}
	return last, 0
}
