package templates

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/tonghop/tonghop"
)

// A set may hold figures for communes with a status of their own; they are no
// region's, and nobody else is judged by them.
func TestCriteriaOfZones(t *testing.T) {
	raw, err := fs.ReadFile(FS(""), setFile)
	if err != nil {
		t.Fatal(err)
	}
	const before = `- no: "15.3"`
	i := strings.Index(string(raw), before)
	j := i + strings.Index(string(raw)[i:], "thresholds: {") + len("thresholds: {")
	if i < 0 || j < i {
		t.Fatal("15.3 has no thresholds on one line")
	}
	with := func(figures string) (*tonghop.Criteria, error) {
		return Criteria(fstest.MapFS{setFile: {Data: []byte(string(raw)[:j] + figures + string(raw)[j:])}}, "xa-ntm-2021-2025")
	}
	c, err := with("DBKK: {is: 27.5, sure: verified, source: bài thử}, ")
	if err != nil {
		t.Fatal(err)
	}
	in := mustIndicator(t, c, "15.3")
	if th, ok := in.ZoneThreshold(tonghop.ZoneDBKK, 2023); !ok || th.Figure.String() != "27.5" || th.Certainty != tonghop.Verified || th.Region != "" {
		t.Errorf("of specially difficult communes: %+v, %t", th, ok)
	}
	if th, ok := in.ZoneThreshold(tonghop.ZoneATK, 2023); ok {
		t.Errorf("of safe zones: %+v", th)
	}
	was, _ := mustIndicator(t, commune(t), "15.3").Threshold("DBSCL", 2023)
	if th, _ := in.Threshold("DBSCL", 2023); !th.Figure.Equal(was.Figure) || th.Certainty != was.Certainty || th.Zone != "" {
		t.Errorf("of a region: %+v, was %+v", th, was)
	}
	if th, ok := in.Threshold("", 2023); ok && th.Zone != "" {
		t.Errorf("in general: %+v", th)
	}
	if _, err := with("BG: 27.5, "); err == nil || !strings.Contains(err.Error(), `unknown region "BG"`) {
		t.Errorf("an unknown status: %v", err)
	}
}
