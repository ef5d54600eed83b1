package connectors

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"jiku/schemas"
)

// manifestSuffix is what is added to a file's name to name its manifest.
const manifestSuffix = ".manifest.json"

// Manifest is what a sender says about a file, in NAME.manifest.json beside it. Unknown
// members are refused, so that a misspelt control total does not go unnoticed.
type Manifest struct {
	// Date (yyyymmdd or yyyy-mm-dd) and Seq are the slot; without Date the slot is read
	// from the file's name.
	Date string `json:"date,omitempty"`
	Seq  uint32 `json:"seq,omitempty"`
	// Rows is the number of rows in the file, without the header.
	Rows *int64 `json:"rows,omitempty"`
	// SHA256 is the digest of the file in hex.
	SHA256 string `json:"sha256,omitempty"`
	// Complete is false while the sender still writes; the file waits.
	Complete *bool `json:"complete,omitempty"`
}

// ParseManifest reads a manifest strictly.
func ParseManifest(data []byte) (Manifest, error) {
	var m Manifest
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, utf8BOM)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil {
		return m, fmt.Errorf("parse manifest: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return m, errors.New("parse manifest: text after the object")
	}
	if m.Rows != nil && *m.Rows < 0 {
		return m, fmt.Errorf("parse manifest: rows %d, want 0 or more", *m.Rows)
	}
	if m.SHA256 != "" && !isSHA256(m.SHA256) {
		return m, errors.New("parse manifest: sha256: want 64 hex digits")
	}
	return m, nil
}

func isSHA256(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdefABCDEF") == ""
}

// waits reports whether the sender says that the file is not complete yet.
func (m Manifest) waits() bool { return m.Complete != nil && !*m.Complete }

// rows is the declared number of rows, or -1.
func (m Manifest) rows() int64 {
	if m.Rows == nil {
		return -1
	}
	return *m.Rows
}

// parseDay reads yyyymmdd or yyyy-mm-dd and refuses days that are not in the calendar.
func parseDay(s string) (uint32, error) {
	digits := s
	if len(s) == 10 && s[4] == '-' && s[7] == '-' {
		digits = s[:4] + s[5:7] + s[8:]
	}
	if _, err := time.Parse("20060102", digits); err != nil || len(digits) != 8 {
		return 0, fmt.Errorf("date %q: want yyyymmdd or yyyy-mm-dd", s)
	}
	n, err := strconv.ParseUint(digits, 10, 32)
	return uint32(n), err
}

// slotPattern compiles the pattern of a feed; it must have the group date.
func slotPattern(pattern string) (*regexp.Regexp, error) {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil, fmt.Errorf("slot.name: %w", err)
	}
	if re.SubexpIndex("date") < 0 {
		return nil, fmt.Errorf("slot.name: pattern %s: want a group (?P<date>…)", pattern)
	}
	return re, nil
}

// slotOfName reads the slot from a file's name.
func slotOfName(re *regexp.Regexp, name string) (schemas.Slot, error) {
	m := re.FindStringSubmatch(name)
	if m == nil {
		return schemas.Slot{}, fmt.Errorf("the name does not match the pattern %s", re)
	}
	date, err := parseDay(m[re.SubexpIndex("date")])
	if err != nil {
		return schemas.Slot{}, fmt.Errorf("pattern %s: %w", re, err)
	}
	slot := schemas.Slot{Date: date}
	if i := re.SubexpIndex("seq"); i >= 0 && m[i] != "" {
		n, err := strconv.ParseUint(m[i], 10, 32)
		if err != nil {
			return slot, fmt.Errorf("pattern %s: seq %q: want a number", re, m[i])
		}
		slot.Seq = uint32(n)
	}
	return slot, nil
}
