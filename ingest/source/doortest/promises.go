package doortest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tonghop/tonghop"
)

func comesOnce(p *province) {
	p.hand(traCu, "BC tháng 6.xlsx", workbook(p, 100))
	p.hand(cauKe, "Báo cáo.xls", []byte("not a zip"))
	p.collectAll()
	p.collect()
	p.eachOnce()
	for _, sub := range p.submissions() {
		i := slices.IndexFunc(p.put, func(f File) bool { return f.Office == sub.Office })
		if i < 0 || lastName(sub) != p.put[i].Name || sub.Sender == "" {
			p.Errorf("%s: name %q, office %q, sender %q", sub.Receipt, sub.Name, sub.Office, sub.Sender)
		}
	}
}

// randomWays puts, collects, restarts, and lets the ledger fail, in any order.
func randomWays(p *province) {
	random := rand.New(rand.NewPCG(7, 2023))
	offices := []string{traCu, cauKe}
	for step := range 60 {
		switch random.IntN(6) {
		case 0, 1, 2:
			p.hand(offices[random.IntN(2)], fmt.Sprintf("BC %d.xlsx", step), workbook(p, 1+random.IntN(3000)))
		case 3:
			p.collect()
		case 4:
			p.source = p.door.Open(p.senders.Place())
		case 5:
			p.failing(func() { _ = p.source.Collect(p.Context(), p.home.desk.Deliver) })
		}
		p.nothingLost()
	}
	p.collectAll()
	p.eachOnce()
}

func sameBytesLater(p *province) {
	b := workbook(p, 100)
	for range 3 {
		p.hand(traCu, "BC.xlsx", b)
		p.collectAll()
	}
	p.collect()
	p.eachOnce()
}

func sendersApart(p *province) {
	b := workbook(p, 100)
	p.hand(traCu, "BC.xlsx", b)
	p.hand(cauKe, "BC.xlsx", b)
	p.collectAll()
	p.eachOnce()
	subs := p.submissions()
	if len(subs) != 2 || subs[0].Office == subs[1].Office || subs[0].Sender == subs[1].Sender || subs[0].Delivery == subs[1].Delivery {
		p.Errorf("submissions %+v", subs)
	}
}

// ripe is after how long a door takes every file at the first look.
const ripe = 300 * time.Millisecond

// oneDelivery hands in rivals, which must be seen together.
func oneDelivery(p *province) {
	for i := range 3 {
		p.hand(traCu, fmt.Sprintf("BC %d.xlsx", i), workbook(p, 100))
	}
	time.Sleep(ripe)
	var deliveries [][]string
	deliver := func(ctx context.Context, parcels []tonghop.Parcel) ([][]tonghop.Submission, error) {
		var offices []string
		for _, parcel := range parcels {
			offices = append(offices, parcel.Office)
		}
		deliveries = append(deliveries, offices)
		return p.home.desk.Deliver(ctx, parcels)
	}
	p.until("nothing waits", func() bool {
		if err := p.source.Collect(p.Context(), deliver); err != nil {
			p.Fatal(err)
		}
		return len(p.senders.Waiting(p.T)) == 0
	})
	p.eachOnce()
	if len(deliveries) != 1 || len(deliveries[0]) != 3 {
		p.Errorf("deliveries %v", deliveries)
	}
}

// refusedStays hands in one file that the desk refuses among others.
func refusedStays(p *province) {
	p.home.desk.Limits = tonghop.Limits{Bytes: 1000}
	p.hand(traCu, "BC 1.xlsx", workbook(p, 100))
	large := File{traCu, "BC 2 lớn.xlsx", workbook(p, 1000)}
	p.senders.Put(p.T, large)
	p.hand(traCu, "BC 3.xlsx", workbook(p, 100))
	waits := func(n int) func() bool {
		return func() bool {
			p.collect()
			return len(p.senders.Waiting(p.T)) == n
		}
	}
	p.until("only the large file waits", waits(1))
	word := p.senders.Back(p.T, traCu)
	for range 3 {
		p.collect()
	}
	p.source = p.door.Open(p.senders.Place())
	p.collect()
	left := p.senders.Waiting(p.T)
	if len(left) != 1 || digest(left[0].Bytes) != digest(large.Bytes) || p.receipts(large) != 0 {
		p.Fatalf("%d files wait, the large one has %d receipts", len(left), p.receipts(large))
	}
	if back := p.senders.Back(p.T, traCu); len(word) != 1 || !slices.Equal(back, word) || !strings.Contains(word[0], "file.too_large") {
		p.Errorf("word to the sender: %q, later %q", word, back)
	}
	if back := p.senders.Back(p.T, cauKe); len(back) != 0 {
		p.Errorf("the other sender was told %q", back)
	}
	p.hand(traCu, large.Name, workbook(p, 200))
	p.until("the smaller one was taken", waits(0))
	p.collect()
	if back := p.senders.Back(p.T, traCu); len(back) != 0 {
		p.Errorf("the word stays: %q", back)
	}
	p.eachOnce()
}

// failing does something while the ledger is gone.
func (p *province) failing(do func()) {
	p.Helper()
	if err := p.home.ledger.Close(); err != nil {
		p.Fatal(err)
	}
	do()
	p.reopen()
}

func ledgerFails(p *province) {
	p.hand(traCu, "BC 1.xlsx", workbook(p, 100))
	p.hand(traCu, "BC 2.xlsx", workbook(p, 100))
	p.hand(cauKe, "BC.xlsx", workbook(p, 100))
	p.failing(func() { p.leavesInPlace() })
	p.collectAll()
	p.eachOnce()
}

func vaultFails(p *province) {
	p.hand(traCu, "BC 1.xlsx", workbook(p, 100))
	p.hand(traCu, "BC 2.xlsx", workbook(p, 100))
	p.hand(cauKe, "BC.xlsx", workbook(p, 100))
	incoming := filepath.Join(p.dir, "vault", "incoming")
	if err := os.Rename(incoming, incoming+" is gone"); err != nil {
		p.Fatal(err)
	}
	p.leavesInPlace()
	if err := os.Rename(incoming+" is gone", incoming); err != nil {
		p.Fatal(err)
	}
	p.collectAll()
	p.eachOnce()
}

// leavesInPlace collects until the failure shows, and looks that nothing moved
// and nobody was told.
func (p *province) leavesInPlace() {
	p.Helper()
	p.until("the failure shows", func() bool {
		return p.source.Collect(p.Context(), p.home.desk.Deliver) != nil
	})
	if left := p.senders.Waiting(p.T); len(left) != len(p.put) {
		p.Errorf("%d of %d files are left", len(left), len(p.put))
	}
	for office := range Offices() {
		if back := p.senders.Back(p.T, office); len(back) != 0 {
			p.Errorf("%s was told %q", office, back)
		}
	}
}

func answersArrive(p *province) {
	p.hand(traCu, "BC 1.xlsx", workbook(p, 100))
	p.hand(traCu, "BC 2.xlsx", workbook(p, 100))
	p.hand(cauKe, "BC 1.xlsx", workbook(p, 100))
	p.collectAll()
	const letter = "Báo cáo đã được nhận.\nKhông phải làm gì thêm (%s).\n"
	for round := range 3 {
		for _, sub := range p.submissions() {
			if err := p.source.Answer(p.Context(), sub, fmt.Sprintf(letter, sub.Receipt)); err != nil {
				p.Fatal(err)
			}
		}
		if round == 1 {
			p.source = p.door.Open(p.senders.Place())
		}
	}
	p.collect()
	p.eachOnce()
	for office := range Offices() {
		var receipts []string
		for _, sub := range p.submissions() {
			if sub.Office == office {
				receipts = append(receipts, sub.Receipt)
			}
		}
		back := p.senders.Back(p.T, office)
		if len(back) != len(receipts) {
			p.Errorf("%s got %d letters, want %d: %q", office, len(back), len(receipts), back)
		}
		for _, receipt := range receipts {
			if !slices.ContainsFunc(back, func(text string) bool {
				return strings.Contains(text, "Báo cáo đã được nhận.") && strings.Contains(text, fmt.Sprintf("Không phải làm gì thêm (%s).", receipt))
			}) {
				p.Errorf("%s got no letter about %s: %q", office, receipt, back)
			}
		}
	}
}

// floodKeepsNobodyBack hands in more files of one office than go into one
// delivery; the one file of the other must not wait for all of them.
func floodKeepsNobodyBack(p *province) {
	for i := range 120 {
		p.hand(cauKe, fmt.Sprintf("BC %03d.xlsx", i), workbook(p, 10))
	}
	p.hand(traCu, "BC.xlsx", workbook(p, 10))
	time.Sleep(ripe)
	var offices []string
	deliver := func(ctx context.Context, parcels []tonghop.Parcel) ([][]tonghop.Submission, error) {
		offices = append(offices, parcels[0].Office)
		return p.home.desk.Deliver(ctx, parcels)
	}
	p.until("nothing waits", func() bool {
		if err := p.source.Collect(p.Context(), deliver); err != nil {
			p.Fatal(err)
		}
		return len(p.senders.Waiting(p.T)) == 0
	})
	p.eachOnce()
	if at := slices.Index(offices, traCu); at > 1 || len(offices) < 3 {
		p.Errorf("the turns were %v", offices)
	}
}
