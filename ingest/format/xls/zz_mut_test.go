package xls

import (
	"math/rand"
	"os"
	"testing"

	"github.com/tonghop/tonghop"
)

func TestZZMut(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for _, n := range []string{"old2", "old3", "old4", "old4book", "bare5"} {
		b, _ := os.ReadFile("testdata/" + n + ".xls")
		ok := 0
		for range 20000 {
			c := append([]byte(nil), b...)
			for range 1 + r.Intn(3) {
				c[r.Intn(len(c))] = byte(r.Intn(256))
			}
			if r.Intn(4) == 0 {
				c = c[:r.Intn(len(c))]
			}
			if _, err := loadStream(c, tonghop.Limits{}); err == nil {
				ok++
			}
		}
		t.Log(n, ok)
	}
}
