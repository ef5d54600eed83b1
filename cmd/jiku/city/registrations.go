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

// CheckRegistrations opens a file of registrations and looks at its columns.
func CheckRegistrations(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("read registrations: %w", err)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("read registrations %s: it is no file", path)
	}
	rows, from, err := openRegistrations(path, marketRegistration().columns)
	if err != nil {
		return fmt.Errorf("read registrations %s: %w", path, err)
	}
	_, err = rows.Read()
	if err != nil {
		err = fmt.Errorf("read registrations %s: its first row: %w", path, err)
	}
	return errors.Join(err, from.Close())
}

// openRegistrations opens a file and reads its header.
func openRegistrations(path string, columns []column) (*csv.Reader, io.Closer, error) {
	from, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	unpacked, err := gzip.NewReader(from)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("want a gzip file: %w", err), from.Close())
	}
	rows := csv.NewReader(unpacked)
	rows.FieldsPerRecord, rows.ReuseRecord = len(columns), true
	head, err := rows.Read()
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("its header: %w", err), from.Close())
	}
	for i, c := range columns {
		if head[i] != c.name {
			return nil, nil, errors.Join(fmt.Errorf("line 1, column %d: want %s", i+1, c.name), from.Close())
		}
	}
	return rows, from, nil
}

func (d *file) addRegistrations(path string, columns []column) error {
	rows, from, err := openRegistrations(path, columns)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
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
