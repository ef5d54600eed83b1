package city

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/gzip"
)

// registrations adds the rows of a file of real registrations to a delivery of the registrar, as they are: nothing is
// made up about them, and no other feed says anything of them.
func (out *output) registrations(path string) error {
	for i, f := range out.feeds {
		if f.name != "market_registration" {
			continue
		}
		for _, d := range out.files[i] {
			if err := d.addRegistrations(path, f.columns); err != nil {
				return fmt.Errorf("read registrations %s: %w", path, err)
			}
		}
	}
	return nil
}

func (d *file) addRegistrations(path string, columns []column) error {
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	unpacked, err := gzip.NewReader(from)
	if err != nil {
		return fmt.Errorf("the file is not gzip: %w", err)
	}
	rows := csv.NewReader(unpacked)
	rows.FieldsPerRecord, rows.ReuseRecord = len(columns), true
	head, err := rows.Read()
	if err != nil {
		return err
	}
	for i, c := range columns {
		if head[i] != c.name {
			return fmt.Errorf("line 1, column %d: want the column %s", i+1, c.name)
		}
	}
	packed := gzip.NewWriter(d)
	w := csv.NewWriter(packed)
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err // It says the line, and no value.
		}
		if err := w.Write(row); err != nil {
			return err
		}
		d.rows++
	}
	if w.Flush(); w.Error() != nil {
		return w.Error()
	}
	return packed.Close()
}
