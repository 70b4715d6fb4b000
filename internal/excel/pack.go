package excel

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"sort"
	"strings"
	"time"
)

// pack writes the parts of a workbook again in sorted order with one fixed
// time, so that the same parts give the same bytes.
func pack(w io.Writer, raw []byte, quoted []int) error {
	zr, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return fmt.Errorf("open archive: %w", err)
	}
	parts := append([]*zip.File(nil), zr.File...)
	sort.Slice(parts, func(i, j int) bool { return order(parts[i].Name) < order(parts[j].Name) })
	zw := zip.NewWriter(w)
	for _, part := range parts {
		if err := copyPart(zw, part, quoted); err != nil {
			return fmt.Errorf("part %q: %w", part.Name, err)
		}
	}
	return zw.Close()
}

// order puts the list of content types first, as readers that sniff expect.
func order(name string) string {
	if strings.HasPrefix(name, "[") {
		return "\x00" + name
	}
	return name
}

// fixedTime is the time of every part that we write.
var fixedTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func copyPart(zw *zip.Writer, part *zip.File, quoted []int) error {
	from, err := part.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	head := &zip.FileHeader{Name: part.Name, Method: zip.Deflate,
		Modified: fixedTime}
	to, err := zw.CreateHeader(head)
	if err != nil {
		return err
	}
	if part.Name != "xl/styles.xml" || len(quoted) == 0 {
		_, err = io.Copy(to, from)
		return err
	}
	text, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	if text, err = quote(text, quoted); err != nil {
		return err
	}
	_, err = to.Write(text)
	return err
}

// quote marks cell formats as quoted: what is typed into such a cell is text,
// even if it begins with an equals sign. The library cannot say so.
func quote(styles []byte, ids []int) ([]byte, error) {
	from := bytes.Index(styles, []byte("<cellXfs"))
	to := bytes.Index(styles, []byte("</cellXfs>"))
	if from < 0 || to < from {
		return nil, fmt.Errorf("no cell formats")
	}
	marked := make(map[int]bool, len(ids))
	for _, id := range ids {
		marked[id] = true
	}
	var out bytes.Buffer
	out.Write(styles[:from])
	formats := bytes.Split(styles[from:to], []byte("<xf "))
	out.Write(formats[0])
	for i, f := range formats[1:] {
		out.WriteString("<xf ")
		if marked[i] {
			out.WriteString(`quotePrefix="1" `)
			f = bytes.ReplaceAll(f, []byte(`quotePrefix="0" `), nil)
		}
		out.Write(f)
	}
	out.Write(styles[to:])
	return out.Bytes(), nil
}
