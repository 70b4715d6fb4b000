package office

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
)

// odsOf is an OpenDocument spreadsheet with the markup given in its body and
// behind its automatic styles, and with a Basic module. No such file is ever
// converted: it is the easiest way to ask LibreOffice for what no file may get.
func odsOf(t testing.TB, scripts, body, basic string) []byte {
	const namespaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"` +
		` xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"` +
		` xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"` +
		` xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ooo="http://openoffice.org/2004/office" xmlns:dom="http://www.w3.org/2001/xml-events" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2"`
	const head = `<?xml version="1.0" encoding="UTF-8"?>`
	manifest := head + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">` +
		`<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>`
	files := map[string]string{
		"mimetype":    "application/vnd.oasis.opendocument.spreadsheet",
		"content.xml": head + `<office:document-content` + namespaces + `>` + scripts + `<office:body><office:spreadsheet>` + body + `</office:spreadsheet></office:body></office:document-content>`,
		"Basic/script-lc.xml": head + `<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd"><library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">` +
			`<library:library library:name="Standard" library:link="false"/></library:libraries>`,
		"Basic/Standard/script-lb.xml": head + `<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd"><library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">` +
			`<library:element library:name="Module1"/></library:library>`,
		"Basic/Standard/Module1.xml": head + `<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd"><script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">` + basic + `</script:module>`,
	}
	for name := range files {
		if name != "mimetype" {
			manifest += `<manifest:file-entry manifest:full-path="` + name + `" manifest:media-type="text/xml"/>`
		}
	}
	files["META-INF/manifest.xml"] = manifest + `</manifest:manifest>`
	return archive(t, "mimetype", files)
}

// permissive is a profile that allows everything.
var permissive = []setting{
	{"/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "false"},
	{"/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "0"},
	{"/org.openoffice.Office.Common/Security/Scripting", "CheckDocumentEvents", "false"},
	{"/org.openoffice.Office.Calc/Content/Update", "Link", "0"},
	{"/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "0"},
	{"/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", "0"},
}

// ods is a call with an OpenDocument spreadsheet.
func ods(list []setting) call { return call{ext: "ods", filter: "calc8", settings: list} }

// watch counts the connections to a server of this machine.
func watch(t testing.TB) (address string, seen *atomic.Int32) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	seen = &atomic.Int32{}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			seen.Add(1)
			fmt.Fprint(c, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			c.Close()
		}
	}()
	return "http://" + l.Addr().String(), seen
}

// Nothing that a document links to is asked for: neither with the profile
// alone, nor with the walls alone. Without both LibreOffice asks, which proves
// that the server would have noticed.
func TestLinks(t *testing.T) {
	t.Parallel()
	at, seen := watch(t)
	doc := odsOf(t, "", `<table:table table:name="A"><table:shapes><draw:frame svg:width="1cm" svg:height="1cm"><draw:image xlink:href="`+at+`/i.png" xlink:type="simple"/></draw:frame></table:shapes>`+
		`<table:table-row><table:table-cell table:formula="of:=COM.MICROSOFT.WEBSERVICE(&quot;`+at+`/w&quot;)" office:value-type="string"/>`+
		`<table:table-cell table:formula="of:=[&apos;`+at+`/l.ods&apos;#$A.A1]" office:value-type="float" office:value="1"/></table:table-row></table:table>`+
		`<table:table table:name="B"><table:table-source xlink:type="simple" xlink:href="`+at+`/s.csv" table:filter-name="Text - txt - csv (StarCalc)" table:filter-options="44,34,76,1" table:mode="copy-results-only"/>`+
		`<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>`, "")
	for _, r := range []struct {
		what  string
		open  bool
		list  []setting
		asked bool
	}{{"neither", true, permissive, true}, {"profile", true, settings, false}, {"walls", false, permissive, false}} {
		c := converter(t)
		c.open = r.open
		if w := c.Walls(); r.what == "walls" && !w.Network {
			t.Logf("no walls here: %s", w.Why)
			continue
		}
		seen.Store(0)
		if _, err := c.run(t.Context(), ods(r.list), doc); err != nil {
			t.Errorf("%s: %v", r.what, err)
		}
		if n := seen.Load(); (n > 0) != r.asked {
			t.Errorf("%s: %d connections", r.what, n)
		}
	}
}

// The program sees no file of ours but its own: a linked picture lands in the
// result only without the walls. The profile cannot stop that, which is why a
// file with such a link is not converted at all.
func TestFiles(t *testing.T) {
	t.Parallel()
	picture := filepath.Join(t.TempDir(), "secret.png")
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(picture, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	doc := odsOf(t, "", `<table:table table:name="A"><table:shapes><draw:frame svg:width="1cm" svg:height="1cm"><draw:image xlink:href="`+fileURL(picture)+`" xlink:type="simple"/></draw:frame></table:shapes>`+
		`<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>`, "")
	for _, r := range []struct {
		what string
		open bool
		list []setting
		in   bool
	}{{"neither", true, permissive, true}, {"walls", false, permissive, false}} {
		c := converter(t)
		c.open = r.open
		if w := c.Walls(); r.what == "walls" && !w.Files {
			t.Logf("no walls here: %s", w.Why)
			continue
		}
		out, err := c.run(t.Context(), ods(r.list), doc)
		if err != nil {
			t.Fatalf("%s: %v", r.what, err)
		}
		if in := bytes.Contains(out, []byte("xl/media/")); in != r.in {
			t.Errorf("%s: the picture is in the result: %t", r.what, in)
		}
	}
}

// A macro that runs when its document opens does not run when it is converted,
// nor when it is opened with our profile by somebody who lets the profile
// decide. With a profile that allows it, it runs: the document is a live one.
func TestMacro(t *testing.T) {
	t.Parallel()
	mark := filepath.Join(t.TempDir(), "mark")
	doc := odsOf(t, `<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load"`+
		` xlink:href="vnd.sun.star.script:Standard.Module1.Auto?language=Basic&amp;location=document" xlink:type="simple"/></office:event-listeners></office:scripts>`,
		`<table:table table:name="A"><table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>`,
		fmt.Sprintf("Sub Auto\nOpen &quot;%s&quot; For Output As #1\nPrint #1, &quot;x&quot;\nClose #1\nEnd Sub\n", mark))
	ran := func() bool {
		err := os.Remove(mark)
		return err == nil
	}
	c := converter(t)
	c.open = true
	if _, err := c.run(t.Context(), ods(settings), doc); err != nil || ran() {
		t.Errorf("converted: %v", err)
	}
	only := append(slices.Clone(permissive), setting{"/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"})
	for _, r := range []struct {
		what string
		list []setting
		runs bool
	}{{"permissive", permissive, true}, {"macros off", only, false}, {"ours", settings, false}} {
		openWith(t, c, r.list, doc)
		if got := ran(); got != r.runs {
			t.Errorf("%s: ran %t", r.what, got)
		}
	}
}

// openWith opens a document in a profile with a macro of the profile's own,
// which the settings do not judge, and leaves it open for a moment.
func openWith(t *testing.T, c *Converter, list []setting, doc []byte) {
	t.Helper()
	dir := t.TempDir()
	defer func() {
		if err := removePipe(dir); err != nil {
			t.Error(err)
		}
	}()
	list = append(slices.Clone(list), setting{"/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"})
	if err := c.furnish(dir, ods(list), doc); err != nil {
		t.Fatal(err)
	}
	const head = `<?xml version="1.0" encoding="UTF-8"?>`
	done := filepath.Join(dir, "done")
	for name, content := range map[string]string{
		"script.xlc": head + `<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">` +
			`<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/></library:libraries>`,
		"Standard/script.xlb": head + `<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">` +
			`<library:element library:name="Opener"/></library:library>`,
		"Standard/Opener.xba": head + `<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Opener" script:language="StarBasic">` +
			"Sub Main\nDim a(0) As New com.sun.star.beans.PropertyValue\na(0).Name = &quot;MacroExecutionMode&quot;\na(0).Value = 3\n" +
			"d = StarDesktop.loadComponentFromURL(&quot;" + fileURL(filepath.Join(dir, "input.ods")) + "&quot;, &quot;_blank&quot;, 0, a())\n" +
			"Wait 1000\nd.close(True)\nOpen &quot;" + done + "&quot; For Output As #1\nClose #1\nEnd Sub</script:module>",
	} {
		path := filepath.Join(dir, profileDir, "user", "basic", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args := append(c.arguments(dir, ods(nil))[:4:4], "--norestore", "macro:///Standard.Opener.Main")
	if said, err := c.start(t.Context(), dir, args); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	if _, err := os.Stat(done); err != nil {
		t.Fatalf("the document was not opened: %v", err)
	}
}
