package templates

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/tonghop/tonghop"
)

const setFile = "criteria/xa-ntm-2021-2025/criteria.yaml"

func commune(t testing.TB) *tonghop.Criteria {
	t.Helper()
	c, err := CriteriaFor(FS(""), "xa-ntm", "2023-06-30")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func mustIndicator(t testing.TB, c *tonghop.Criteria, no string) tonghop.Indicator {
	t.Helper()
	in, _, ok := c.Indicator(no)
	if !ok {
		t.Fatalf("no indicator %s", no)
	}
	return in
}

func TestCriteriaShape(t *testing.T) {
	c := commune(t)
	if c.ID != "xa-ntm-2021-2025" || c.From != "2022-03-08" || c.To != "2026-02-14" || c.Amended != "2024-03-01" || c.Comment == "" {
		t.Errorf("set %q from %s to %s, amended %s", c.ID, c.From, c.To, c.Amended)
	}
	want := []int{2, 4, 2, 2, 1, 3, 1, 4, 2, 1, 1, 2, 5, 2, 4, 1, 12, 6, 2}
	for i, cr := range c.Criteria {
		if len(cr.Indicators) != want[i] {
			t.Errorf("criterion %d has %d indicators, want %d", cr.No, len(cr.Indicators), want[i])
		}
	}
	for _, no := range []string{"5", "7", "10", "11", "16", "17.10", "17.12"} {
		mustIndicator(t, c, no)
	}
	if in := mustIndicator(t, c, "13.4"); !in.Optional {
		t.Error("13.4 is required, want optional")
	}
	if in := mustIndicator(t, c, "2.1"); !in.ByProvince || in.Certainty != tonghop.Delegated || len(in.Thresholds) != 0 {
		t.Errorf("2.1 = %+v, want left to the province", in)
	}
}

func TestCriteriaThresholds(t *testing.T) {
	c := commune(t)
	for _, w := range []struct {
		no, region string
		year       int
		figure     string
		sure       tonghop.Certainty
	}{
		{"15.3", "DBSCL", 2023, "19", tonghop.Verified},
		{"15.3", "DBSH", 2023, "16.5", tonghop.Verified},
		{"15.4", "TDMNPB", 2023, "50", tonghop.PartlyVerified},
		{"10", "DBSCL", 2023, "56", tonghop.FromMemory},
		{"10", "DBSCL", 2021, "50", tonghop.Doubtful},
		{"3.1", "DBSCL", 2024, "80", tonghop.FromMemory},
		{"4.2", "TDMNPB", 2024, "95", tonghop.Doubtful},
		{"9.1", "DBSCL", 2024, "Không (0)", ""},
	} {
		in := mustIndicator(t, c, w.no)
		th, ok := in.Threshold(w.region, w.year)
		if w.no == "9.1" {
			if !ok || th.Word != "Không" {
				t.Errorf("9.1: %+v, want the word Không", th)
			}
			continue
		}
		if !ok || th.Figure.String() != w.figure || th.Certainty != w.sure {
			t.Errorf("%s %s %d: %s (%s), want %s (%s)", w.no, w.region, w.year, th.Figure, th.Certainty, w.figure, w.sure)
		}
	}
	if _, ok := mustIndicator(t, c, "15.4").Threshold("DBSCL", 2023); ok {
		t.Error("15.4 has a figure for DBSCL, none was read")
	}
	if in := mustIndicator(t, c, "15.3"); in.Operator != "<=" || !in.Certainty.Sure() {
		t.Errorf("15.3 = %s %s, want a verified upper bound", in.Operator, in.Certainty)
	}
}

// Only what was read may decide: the list grows when somebody reads more.
func TestCriteriaSure(t *testing.T) {
	var sure []string
	for _, cr := range commune(t).Criteria {
		for _, in := range cr.Indicators {
			if in.Certainty.Sure() {
				sure = append(sure, in.No)
			}
		}
	}
	if got := strings.Join(sure, " "); got != "15.3 15.4" {
		t.Errorf("sure indicators: %s, want 15.3 15.4", got)
	}
}

func TestCriteriaForDate(t *testing.T) {
	for _, w := range []struct {
		kind string
		on   tonghop.Date
		id   string
	}{
		{"xa-ntm", "2016-11-30", ""}, {"xa-ntm", "2016-12-01", "xa-ntm-2016-2020"}, {"xa-ntm", "2021-12-31", "xa-ntm-2016-2020"},
		{"xa-ntm", "2022-03-07", "xa-ntm-2016-2020"}, {"xa-ntm", "2022-03-08", "xa-ntm-2021-2025"},
		{"xa-ntm", "2026-02-14", "xa-ntm-2021-2025"}, {"xa-ntm", "2026-02-15", ""},
		{"xa-ntm-nc", "2022-03-07", ""}, {"xa-ntm-nc", "2022-03-08", "xa-ntm-nc-2021-2025"}, {"xa-ntm-nc", "2026-02-15", ""},
	} {
		c, err := CriteriaFor(FS(""), w.kind, w.on)
		if w.id == "" && tonghop.CodeOf(err) != "criteria.none" || w.id != "" && (err != nil || c.ID != w.id) {
			t.Errorf("%s on %s: %v, error %v; want %q", w.kind, w.on, c, err, w.id)
		}
	}
	if _, err := Criteria(FS(""), "xa-ntm-1066"); err == nil {
		t.Error("no error for a set that does not exist")
	}
}

func TestCriteriaRefuses(t *testing.T) {
	raw, err := embedded.ReadFile(setFile)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ old, new, want string }{
		"unknown key":     {"        by_province: true\n", "        by_provinces: true\n", "line "},
		"order":           {`no: "2.2"`, `no: "2.5"`, `want indicator 2.2, found "2.5"`},
		"criterion":       {"- no: 7\n", "- no: 8\n", "want criterion 7"},
		"count":           {"indicators: 57", "indicators: 58", "57 indicators, the count says 19 and 58"},
		"figure":          {`DBSH: "16.5"`, `DBSH: "16,5"`, `indicator 15.3: "16,5" is no figure`},
		"share":           {`DBSH: "16.5"`, `DBSH: "165"`, "between 0 and 100"},
		"region":          {`DBSH: "16.5"`, `DBHS: "16.5"`, `unknown region "DBHS"`},
		"figure block":    {`DBSH: "16.5"`, `DBSH: {is: "16.5", sur: memory}`, `key "sur" is unknown`},
		"figure source":   {`DBSH: "56"`, `DBSH: {is: "56", sure: verified}`, "a source must stand beside"},
		"source":          {"        source: \"trang hỏi đáp về quyết định (thuvienphapluat.vn)\"\n        thresholds: {TDMNPB: \"24\"", "        thresholds: {TDMNPB: \"24\"", "a source must stand beside"},
		"certainty":       {"sure: partly_verified", "sure: partly", "unknown certainty"},
		"day":             {"from: 2022-03-08", "from: 08/3/2022", "read date"},
		"ends first":      {"to: 2026-02-14", "to: 2021-02-14", "ends before it starts"},
		"group":           {"{key: II, name: \"Hạ tầng kinh tế - xã hội\", from: 2", "{key: II, name: \"Hạ tầng kinh tế - xã hội\", from: 3", "criteria from 2 on"},
		"wrong group":     {"group: V\n", "group: IV\n", "does not lie in group"},
		"year":            {"          2025: {", "          2035: {", "year 2035 lies outside"},
		"word for number": {`{all: "80"}`, `{all: "Đạt"}`, "is no figure"},
		"number for word": {`{all: "Đạt"}`, `{all: "100"}`, "want a word"},
		"operator":        {`operator: "<="`, `operator: "≤"`, "operator does not suit"},
		"folder":          {"id: xa-ntm-2021-2025", "id: xa-ntm-2021", "the folder says"},
	} {
		changed := strings.Replace(string(raw), c.old, c.new, 1)
		if changed == string(raw) {
			t.Errorf("%s: %q is not in the file", name, c.old)
			continue
		}
		_, err := Criteria(fstest.MapFS{setFile: {Data: []byte(changed)}}, "xa-ntm-2021-2025")
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), setFile) || !strings.Contains(err.Error(), "line ") {
			t.Errorf("%s: error %v, want file, line and %q", name, err, c.want)
		}
	}
}

func TestCriteriaRaiseOneFigure(t *testing.T) {
	raw, err := embedded.ReadFile(setFile)
	if err != nil {
		t.Fatal(err)
	}
	raised := strings.Replace(string(raw), `DNB: "65", DBSCL: "56"`, `DNB: "65", DBSCL: {is: "58", sure: verified, source: "QĐ 1306/QĐ-UBND"}`, 1)
	c, err := Criteria(fstest.MapFS{setFile: {Data: []byte(raised)}}, "xa-ntm-2021-2025")
	if err != nil {
		t.Fatal(err)
	}
	in := mustIndicator(t, c, "10")
	mine, _ := in.Threshold("DBSCL", 2023)
	other, _ := in.Threshold("DNB", 2023)
	if mine.Figure.String() != "58" || mine.Certainty != tonghop.Verified || other.Certainty != tonghop.FromMemory {
		t.Errorf("raised %+v, its neighbour %+v", mine, other)
	}
}

// The other sets have as many indicators as their decisions, and as the counts
// of each criterion; only figures that were read decide.
func TestCriteriaOtherSets(t *testing.T) {
	for _, w := range []struct {
		id   string
		want []int
		sure string // indicators with a figure that may decide, and where
	}{
		{"xa-ntm-2016-2020", []int{2, 4, 2, 2, 1, 3, 1, 4, 2, 1, 1, 1, 2, 3, 3, 1, 8, 6, 2},
			"4.2 5 9.1 9.2 10 11 12 15.1 15.2 15.3 17.1 17.6 17.8"},
		{"xa-ntm-nc-2021-2025", []int{3, 4, 6, 1, 6, 3, 1, 5, 1, 1, 1, 3, 8, 4, 3, 3, 12, 8, 2}, "1.1 18.1"},
	} {
		c, err := Criteria(FS(""), w.id)
		if err != nil {
			t.Fatal(err)
		}
		var sure []string
		for i, cr := range c.Criteria {
			if len(cr.Indicators) != w.want[i] {
				t.Errorf("%s: criterion %d has %d indicators, want %d", w.id, cr.No, len(cr.Indicators), w.want[i])
			}
			for _, in := range cr.Indicators {
				for _, th := range in.Thresholds {
					if th.Certainty.Sure() && !strings.HasSuffix(" "+strings.Join(sure, " "), " "+in.No) {
						sure = append(sure, in.No)
					}
				}
			}
		}
		if got := strings.Join(sure, " "); got != w.sure {
			t.Errorf("%s: sure are %s, want %s", w.id, got, w.sure)
		}
	}
}

// Of 2016-2020 the general figures were read, those of most regions not: a
// region's own never decides. Two shares in one cell are a word, which no
// single figure decides, and the income of a year that nobody read is not known.
func TestCriteriaOldFigures(t *testing.T) {
	c, err := Criteria(FS(""), "xa-ntm-2016-2020")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []struct {
		no, region string
		year       int
		want       string
		sure       tonghop.Certainty
	}{
		{"15.3", "DBSCL", 2021, "20.5", tonghop.Verified},
		{"4.2", "DBSCL", 2020, "98", tonghop.FromMemory},
		{"10", "DBSCL", 2020, "50", tonghop.Verified},
		{"10", "DBSCL", 2021, "none", ""},
		{"17.1", "DBSCL", 2021, "95 (65)", tonghop.FromMemory},
		{"9.1", "TN", 2020, "Không", tonghop.Verified},
	} {
		th, ok := mustIndicator(t, c, w.no).Threshold(w.region, w.year)
		got := th.Figure.String()
		if th.Word != "" {
			got = th.Word
		}
		if !ok {
			got = "none"
		}
		if got != w.want || th.Certainty != w.sure {
			t.Errorf("%s %s %d: %s (%s), want %s (%s)", w.no, w.region, w.year, got, th.Certainty, w.want, w.sure)
		}
	}
}
