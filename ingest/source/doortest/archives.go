package doortest

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
)

// archive hands in an archive beside a file, and answers all of it.
func archive(p *province) {
	p.handArchive(traCu, "bao-cao.zip", 100, 200, 300)
	p.hand(traCu, "BC.xlsx", workbook(p, 100))
	time.Sleep(ripe)
	p.collectAll()
	p.eachOnce()
	subs := p.submissions()
	for _, sub := range subs {
		named := slices.ContainsFunc(p.put, func(f File) bool {
			return digest(f.Bytes) == sub.SHA256 && strings.HasSuffix(sub.Name, f.Name)
		})
		if !named || sub.Delivery != subs[0].Receipt || sub.Sender == "" {
			p.Errorf("%s: name %q, sender %q, delivery %s", sub.Receipt, sub.Name, sub.Sender, sub.Delivery)
		}
	}
	for range 2 {
		for _, sub := range subs {
			if err := p.source.Answer(p.Context(), sub, fmt.Sprintf("Trả lời %s.\n", sub.Receipt)); err != nil {
				p.Fatal(err)
			}
		}
		p.collect()
		p.source = p.door.Open(p.senders.Place())
	}
	back := p.senders.Back(p.T, traCu)
	for _, sub := range subs {
		if !slices.ContainsFunc(back, func(text string) bool { return strings.Contains(text, "Trả lời "+sub.Receipt+".") }) {
			p.Errorf("no letter about %q", sub.Name)
		}
	}
	if len(back) != len(subs) {
		p.Errorf("%d letters about %d files", len(back), len(subs))
	}
	p.eachOnce()
}

// brokenArchive hands in an archive one file of which is not as it was packed:
// none of it is taken as a file of its own.
func brokenArchive(p *province) {
	p.handArchive(cauKe, "lành.zip", 100, 100)
	broken := p.sent[0].archive
	broken.Name, broken.Bytes = "hỏng.zip", slices.Clone(broken.Bytes)
	at := strings.Index(string(broken.Bytes), "xl/workbook.xml") + len("xl/workbook.xml")
	broken.Bytes[at+1] ^= 0xff
	p.hand(broken.Office, broken.Name, broken.Bytes)
	p.collectAll()
	p.eachOnce()
	for _, sub := range p.submissions() {
		if sub.SHA256 == digest(broken.Bytes) && path.Base(sub.Name) != broken.Name {
			p.Errorf("%s is named %q", sub.Receipt, sub.Name)
		}
	}
}
