package templates

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/tonghop/tonghop"
)

// withFiles is a register of two communes, one of which gives its code to
// another in July 2025, with more files beside it.
func withFiles(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{unitsFile: {Data: []byte(strings.Join(unitColumns, ",") + "\n" + `84,Tỉnh A,tinh,,,,,,,
842,Huyện B,huyen,84,,2025-06-30,,,,
29001,Xã C,xa,842,,2025-06-30,,,,
29001,Xã D,xa,84,2025-07-01,,,,,
29002,Xã E,xa,842,,2025-06-30,,,,
`)}}
	for name, content := range files {
		out[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return out
}

func TestZones(t *testing.T) {
	home := t.TempDir()
	dir := filepath.Join(home, "templates", "units", "overlays")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	const lines = "code,kind,decision,from,to\n29503,dbkk,số 1 của bài thử,2021-07-01,2025-06-30\n29503,atk,số 2 của bài thử,2022-01-01,2025-06-30\n"
	if err := os.WriteFile(filepath.Join(dir, "84.csv"), []byte(lines), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := Units(FS(home))
	if err != nil {
		t.Fatal(err)
	}
	if z, known := r.Zone("29503", tonghop.ZoneDBKK, "2023-06-30"); !known || z.Decision != "số 1 của bài thử" {
		t.Errorf("29503 in 2023: %+v, %t", z, known)
	}
	for _, c := range []struct {
		code string
		kind tonghop.ZoneKind
		on   tonghop.Date
	}{{"29503", tonghop.ZoneDBKK, "2021-06-30"}, {"29503", tonghop.ZoneDBKK, "2025-07-01"}, {"29506", tonghop.ZoneDBKK, "2023-06-30"},
		{"29503", tonghop.ZoneATK, "2021-12-31"}} {
		if z, known := r.Zone(c.code, c.kind, c.on); known {
			t.Errorf("%s %s on %s is said to be %+v; nobody wrote that down", c.code, c.kind, c.on, z)
		}
	}
	if r, err = Units(FS("")); err != nil {
		t.Fatal(err)
	} else if _, known := r.Zone("29503", tonghop.ZoneDBKK, "2023-06-30"); known {
		t.Error("the program ships a zone")
	}
}

func TestZonesRefuses(t *testing.T) {
	const file, head = "units/overlays/84.csv", "code,kind,decision,from,to\n"
	for name, c := range map[string]struct{ content, want string }{
		"header":       {"code,kind\n", "line 1: want the columns"},
		"kind":         {head + "29001,poor,QĐ 1,2022-01-01,2025-06-30\n", `line 2: unknown kind "poor"`},
		"decision":     {head + "29001,dbkk,,2022-01-01,2025-06-30\n", "line 2: commune 29001: the number of the decision"},
		"day":          {head + "29001,dbkk,QĐ 1,2022-02-30,\n", "line 2: commune 29001: read date"},
		"no first day": {head + "29001,dbkk,QĐ 1,,\n", "line 2: commune 29001: read date"},
		"order":        {head + "29001,dbkk,QĐ 1,2023-01-01,2022-01-01\n", "line 2: commune 29001: its dates"},
		"no commune":   {head + "29001,dbkk,QĐ 1,2022-01-01,2025-06-30\n29009,dbkk,QĐ 1,2022-01-01,\n", `line 3: "29009" is no commune`},
		"new code":     {head + "29001,dbkk,QĐ 1,2022-01-01,\n", "line 2: code 29001 is another commune's (Xã D) from 2025-07-01"},
		"twice":        {head + "29001,dbkk,QĐ 1,2022-01-01,2023-01-01\n29001,dbkk,QĐ 2,2023-01-01,2024-01-01\n", "line 3: commune 29001 has the status dbkk twice"},
	} {
		_, err := Units(withFiles(map[string]string{file: c.content}))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: error %v, want one with %q", name, err, c.want)
		}
	}
	if _, err := Units(withFiles(map[string]string{"units/overlays/85.csv": head + "29001,dbkk,QĐ 1,2022-01-01,2025-06-30\n"})); err == nil {
		t.Error("a commune of another province is taken")
	}
}

func TestJoinsRefuses(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"header":    {"new,whole\n", "line 1: want the columns"},
		"cells":     {joinsHeader + "\n2025-07-01,29001,29002\n", "line 2: 3 cells, want 4"},
		"new":       {joinsHeader + "\n2025-07-01,29002,29001,\n", `line 2: no commune "29002" on "2025-07-01"`},
		"old":       {joinsHeader + "\n2025-07-01,29001,29009,\n", `line 2: no commune "29009" ended before 2025-07-01`},
		"twice":     {joinsHeader + "\n2025-07-01,29001,29002,29002\n", "29002 is joined whole into 29001, and again"},
		"no such d": {joinsHeader + "\nsoon,29001,29002,\n", "line 2"},
	} {
		_, err := Units(withFiles(map[string]string{joinsFile: c.content}))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), joinsFile) {
			t.Errorf("%s: error %v, want one with %q", name, err, c.want)
		}
	}
}

// Every commune of 30/6/2025 is in the file, and went somewhere.
func TestJoinsAreComplete(t *testing.T) {
	r := register(t)
	communes, whole := 0, 0
	for _, p := range r.Children("", "2025-06-30") {
		for _, d := range r.Children(p.Code, "2025-06-30") {
			for _, u := range r.Children(d.Code, "2025-06-30") {
				now, certain := r.Became(u, "2025-07-01")
				if communes++; certain {
					whole++
				}
				if len(now) == 0 || certain && len(now) != 1 || !certain && len(now) < 2 {
					t.Errorf("%s %s became %v, certain %t", u.Code, u.Name, now, certain)
				}
			}
		}
	}
	if communes != 10035 || whole != 9564 {
		t.Errorf("%d communes, %d of them whole; want 10035 and 9564", communes, whole)
	}
}
