package filename_test

import (
	"testing"

	"github.com/tonghop/tonghop/ingest/filename"
)

func TestJudge(t *testing.T) {
	for base, want := range map[string]filename.Skip{
		"BC.xlsx": filename.None, "Báo cáo tháng 6": filename.None, "~BC.xlsx": filename.None, "a.tmp.xlsx": filename.None, "": filename.None,
		"..": filename.None, "$BC.xlsx": filename.None, "part": filename.None,
		"~$BC.xlsx": filename.OfficeLock, ".~lock.BC.xlsx#": filename.OfficeLock, ".~LOCK.BC.xlsx#": filename.OfficeLock,
		"~WRL0001.tmp": filename.Temporary, "BC.XLSX.part": filename.Temporary, "BC.xlsx.crdownload": filename.Temporary, ".a.TMP": filename.Temporary,
		"Thumbs.db": filename.System, ".DS_Store": filename.System, "DESKTOP.INI": filename.System,
		"._BC.xlsx": filename.Hidden, ".git": filename.Hidden, ".~lock.BC.xlsx": filename.Hidden, "...a": filename.Hidden,
	} {
		if got := filename.Judge(base); got != want {
			t.Errorf("Judge(%q) = %q, want %q", base, got, want)
		}
	}
}
