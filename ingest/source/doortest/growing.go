package doortest

import (
	"time"
)

// endMissing hands in the first half of a file, then the whole. It holds for
// every door: a mail or an upload can be cut off too.
func endMissing(p *province) {
	grow, ok := p.senders.(Growing)
	if !ok {
		return // nothing is seen at this door before it is whole
	}
	b := workbook(p, 5000)
	half := File{traCu, "BC.xlsx", b[:len(b)-10]}
	grow.Put(p.T, half)
	p.hand(traCu, "BC 2.xlsx", workbook(p, 100)) // does not wait for the other
	p.until("the whole file is taken", func() bool {
		p.collect()
		return len(grow.Waiting(p.T)) == 1
	})
	for range 3 {
		p.collect()
	}
	if left := grow.Waiting(p.T); len(left) != 1 || p.receipts(half) != 0 || len(grow.Back(p.T, traCu)) != 0 {
		p.Fatalf("%d files wait; half a file has %d receipts; its sender was told %q", len(left), p.receipts(half), grow.Back(p.T, traCu))
	}
	p.hand(traCu, half.Name, b)
	p.collectAll()
	p.eachOnce()
}

// growing writes a file in steps while the door looks all the time.
func growing(p *province) {
	grow, ok := p.senders.(Growing)
	if !ok {
		return
	}
	b := workbook(p, 10*step)
	p.put = append(p.put, File{traCu, "BC.xlsx", b})
	done := make(chan error, 1)
	w := grow.Grow(p.T, traCu, "BC.xlsx")
	go func() {
		for at := 0; at < len(b); at += step {
			if _, err := w.Write(b[at:min(at+step, len(b))]); err != nil {
				done <- err
				return
			}
			pause := 20 * time.Millisecond
			if at == 5*step {
				pause = time.Second // the network hangs
			}
			time.Sleep(pause)
		}
		done <- w.Close()
	}()
	for writing := true; writing; {
		select {
		case err := <-done:
			if err != nil {
				p.Fatal(err)
			}
			writing = false
		default:
		}
		p.collect()
	}
	p.collectAll()
	p.eachOnce()
}

// step is how much a slow writer writes at once.
const step = 64 << 10

// renamedIntoPlace writes a file under a temporary name.
func renamedIntoPlace(p *province) {
	grow, ok := p.senders.(Growing)
	if !ok {
		return
	}
	b := workbook(p, 3*step)
	w := grow.Grow(p.T, traCu, "BC.xlsx.part")
	for at := 0; at < len(b); at += step {
		if _, err := w.Write(b[at:min(at+step, len(b))]); err != nil {
			p.Fatal(err)
		}
		p.collect()
	}
	if err := w.Close(); err != nil {
		p.Fatal(err)
	}
	p.collect()
	p.collect()
	if n := len(p.submissions()); n != 0 {
		p.Fatalf("%d submissions before the file had its name", n)
	}
	p.put = append(p.put, File{traCu, "BC.xlsx", b})
	grow.Rename(p.T, traCu, "BC.xlsx.part", "BC.xlsx")
	p.collectAll()
	p.eachOnce()
}
