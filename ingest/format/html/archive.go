package html

import (
	"bufio"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"path"
	"regexp"
	"strings"

	"github.com/tonghop/tonghop"
)

// onePage is a page of a web archive.
type onePage struct {
	location string
	charset  string
	body     string
}

// unpacked is what a web archive holds, pictures and scripts left out.
type unpacked struct {
	pages []onePage // at least one
	css   []string
}

var mimeVersion = regexp.MustCompile(`(?im)^MIME-Version:`)

// isArchive reports whether the file is a single-file web page (.mht): a mail
// that holds pages.
func isArchive(raw string) bool {
	head := strings.TrimLeft(raw[:min(len(raw), 2048)], "\ufeff \r\n")
	return head != "" && head[0] != '<' && mimeVersion.MatchString(head)
}

// unpack takes a web archive apart.
func unpack(raw string, lim tonghop.Limits) (unpacked, error) {
	var u unpacked
	in := bufio.NewReader(strings.NewReader(strings.TrimLeft(strings.TrimPrefix(raw, "\ufeff"), " \r\n")))
	header, err := textproto.NewReader(in).ReadMIMEHeader()
	if err != nil {
		return u, tonghop.Fail("file.damaged", err)
	}
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return u, tonghop.Fail("file.damaged", err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		if err := u.add(header, in, lim); err != nil {
			return u, err
		}
		return u, u.check()
	}
	parts := multipart.NewReader(in, params["boundary"])
	for n := 0; ; n++ {
		if n > lim.Entries {
			return u, tonghop.Fail("file.too_many_parts", nil)
		}
		p, err := parts.NextPart()
		if err == io.EOF {
			return u, u.check()
		}
		if err == nil {
			err = u.add(p.Header, p, lim)
		}
		if err != nil {
			if tonghop.CodeOf(err) == "" {
				err = tonghop.Fail("file.damaged", err)
			}
			return u, err
		}
	}
}

func (u *unpacked) check() error {
	if len(u.pages) == 0 {
		return tonghop.Fail("file.html_no_table", errors.New("archive without a page"))
	}
	return nil
}

// add keeps one part if it is a page or a style sheet. A reader of a part undoes
// quoted-printable itself.
func (u *unpacked) add(header textproto.MIMEHeader, in io.Reader, lim tonghop.Limits) error {
	kind, params, _ := mime.ParseMediaType(header.Get("Content-Type"))
	if strings.EqualFold(header.Get("Content-Transfer-Encoding"), "base64") {
		in = base64.NewDecoder(base64.StdEncoding, in)
	}
	switch kind {
	case "text/html", "application/xhtml+xml", "text/css":
		body, err := io.ReadAll(io.LimitReader(in, lim.Part+1))
		switch {
		case err != nil:
			return err
		case int64(len(body)) > lim.Part:
			return tooLarge(lim.Part)
		case kind == "text/css":
			u.css = append(u.css, string(body))
			return nil
		}
		u.pages = append(u.pages, onePage{header.Get("Content-Location"), params["charset"], string(body)})
		return nil
	}
	_, err := io.Copy(io.Discard, in) // proves that the part is whole
	return err
}

// find is the page whose address ends as the source does.
func (u *unpacked) find(source string) *onePage {
	source = strings.ReplaceAll(source, `\`, "/")
	for i := range u.pages {
		if at := strings.ReplaceAll(u.pages[i].location, `\`, "/"); strings.HasSuffix(at, "/"+source) || at == source {
			return &u.pages[i]
		}
	}
	for i := range u.pages {
		if path.Base(u.pages[i].location) == path.Base(source) {
			return &u.pages[i]
		}
	}
	return nil
}
