package main

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/internal/schedule"
	"github.com/tonghop/tonghop/templates"
)

// checkConfig looks at what neither one key alone nor the file as a whole can
// tell: the expressions of the schedules, and whose the subfolders of the doors
// are. It is for the commands that work by them.
func (a *app) checkConfig() error {
	return a.config.Together(wrongSchedules(a.config), wrongOffices(a.config, a.today()))
}

// today is the day by the program's clock.
func (a *app) today() tonghop.Date { return dayOf(a.clock.now()) }

// dayOf is the day of a moment in Việt Nam.
func dayOf(t time.Time) tonghop.Date {
	return tonghop.Date(t.In(tonghop.Vietnam()).Format(time.DateOnly))
}

// everyFault adds to the faults of a configuration that could not be read those
// of what could be, so that they all come at once.
func everyFault(config templates.Config, err error) error {
	if tonghop.CodeOf(err) != "config.wrong" {
		return err
	}
	whole := config
	whole.Schedules = nil
	named := map[string]bool{}
	for _, s := range config.Schedules {
		told := s.Name == "" || s.Action == "" || s.Cron == "" || named[s.Name] || (s.Action == "close") != (s.Period != "")
		if named[s.Name] = true; !told {
			whole.Schedules = append(whole.Schedules, s)
		}
	}
	_, bad := compile(whole)
	if bad != nil {
		bad = config.WrongSchedules(bad)
	}
	return config.Together(err, bad, wrongOffices(config, dayOf(time.Now())))
}

// compile makes the clock of the schedules of a configuration.
func compile(config templates.Config) (*schedule.Clock, error) {
	var list []schedule.Schedule
	for _, s := range config.Schedules {
		list = append(list, schedule.Schedule{Name: s.Name, Action: schedule.Action(s.Action), Expression: s.Cron,
			Period: schedule.PeriodRule(s.Period)})
	}
	return schedule.Compile(list)
}

// scheduleClock compiles the schedules of the configuration; a fault says in
// which line it stands.
func scheduleClock(config templates.Config) (*schedule.Clock, error) {
	clock, err := compile(config)
	if err == nil || config.File == "" {
		return clock, err
	}
	return nil, config.WrongSchedules(err)
}

// wrongSchedules are the faults in the schedules; nil if there is none.
func wrongSchedules(config templates.Config) error {
	_, err := scheduleClock(config)
	return err
}

// wrongOffices are the subfolders of doors that the configuration gives to a
// code that reports nothing to the province: one that does not exist, that of a
// commune, of another province. A file from there would be taken for nobody's.
func wrongOffices(config templates.Config, today tonghop.Date) error {
	var faults []*tonghop.Error
	var offices *pipeline.Offices
	var register *tonghop.Register
	for i, door := range config.Doors {
		for _, folder := range slices.Sorted(maps.Keys(door.Offices)) {
			if offices == nil {
				var err error
				if register, err = templates.Units(templates.FS(config.Home)); err != nil {
					return nil // whoever reads with it says so
				}
				offices = pipeline.NewOffices(register, config.Province, today)
			}
			code := door.Offices[folder]
			if code == "" || offices.Known(code) {
				continue
			}
			unit, _ := register.Last(code)
			province := config.Province
			if province == "all" {
				province = ""
			}
			faults = append(faults, config.Place(fmt.Sprintf("doors[%d].offices.%s", i, folder),
				tonghop.Fail("config.office", nil, "found", code, "province", province, "unit", unit.Name)))
		}
	}
	if len(faults) == 0 {
		return nil
	}
	return config.Wrong(faults...)
}
