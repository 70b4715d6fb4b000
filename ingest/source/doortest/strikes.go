package doortest

import (
	"fmt"
	"time"

	"github.com/tonghop/tonghop/internal/fault"
)

// strikes are the moments in which a door dies while it takes three files of
// one office, one of them an archive, and one of another: at every point on the way, and in the midst of
// a delivery.
func strikes() []string {
	var out []string
	for _, point := range []fault.Point{fault.Found, fault.Kept, fault.Received, fault.Moved, fault.LetGo} {
		times := 2
		if point == fault.Found || point == fault.Moved {
			times = 4
		}
		for n := range times {
			out = append(out, fmt.Sprintf("%s:%d", point, n+1))
		}
	}
	return out
}

// struckDead kills the door on its way, and looks at once, and again after
// another process has done the rest.
func struckDead(p *province, strike string) {
	p.hand(cauKe, "BC 1.xlsx", workbook(p, 200))
	p.handArchive(cauKe, "BC 2.zip", 200, 300)
	p.hand(cauKe, "BC 3.xlsx", workbook(p, 200))
	p.hand(traCu, "BC.xlsx", workbook(p, 200))
	p.dies(p.start(strike), strike)
	p.nothingLost()
	for _, f := range p.put {
		if n := p.receipts(f); n > 1 {
			p.Errorf("%q has %d receipts", f.Name, n)
		}
	}
	c := p.start("")
	p.until("nothing waits", func() bool { return len(p.senders.Waiting(p.T)) == 0 })
	p.finish(c)
	p.eachOnce()
}

// rightsChange kills the door when the ledger has files that were not let go of,
// and changes who may read what still waits: it keeps the receipt that it has.
func rightsChange(p *province, strike string) {
	owning, ok := p.senders.(Owning)
	if !ok {
		return // nobody changes anything at this door
	}
	p.hand(cauKe, "BC 1.xlsx", workbook(p, 200))
	p.handArchive(cauKe, "BC 2.zip", 200, 300)
	p.hand(cauKe, "BC 3.xlsx", workbook(p, 200))
	p.hand(traCu, "BC.xlsx", workbook(p, 200))
	p.dies(p.start(strike), strike)
	time.Sleep(ripe) // the clock of a file system has ticks
	for _, f := range owning.Waiting(p.T) {
		owning.Own(p.T, f)
	}
	p.collectAll()
	p.eachOnce()
}

// diesAgain kills one process after the other, while files come in.
func diesAgain(p *province) {
	for i, strike := range []string{"kept", "received", "moved", "found:2", "received", "moved:2", "let_go", "kept", "moved"} {
		p.hand(traCu, fmt.Sprintf("BC %d.xlsx", i), workbook(p, 200))
		p.handArchive(traCu, fmt.Sprintf("BC %d.zip", i), 200, 300)
		p.dies(p.start(strike), strike)
		p.nothingLost()
	}
	p.collectAll()
	p.eachOnce()
}

// twoInstances lets two processes collect at once, while files come in.
func twoInstances(p *province) {
	a, b := p.start(""), p.start("")
	for i := range 40 {
		for office := range Offices() {
			p.hand(office, fmt.Sprintf("BC %d.xlsx", i), workbook(p, 200))
		}
		if i%10 == 9 {
			p.until("nothing waits", func() bool { return len(p.senders.Waiting(p.T)) == 0 })
		}
	}
	p.finish(a)
	p.finish(b)
	p.eachOnce()
}
