package city

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"jiku/schemas"
)

// SummaryFile is the file of a city that says what the city has.
const SummaryFile = "city.json"

// ReadSummary reads what a city has.
func ReadSummary(dir string) (*Summary, error) {
	text, err := os.ReadFile(filepath.Join(dir, SummaryFile))
	if err != nil {
		return nil, fmt.Errorf("read city: %w", err)
	}
	var s Summary
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, fmt.Errorf("read %s: %w", SummaryFile, err)
	}
	if !s.Complete {
		return nil, fmt.Errorf("read %s: the city was not written to its end", SummaryFile)
	}
	return &s, nil
}

// Remove takes a city away, and nothing else that is in its folder.
func Remove(dir string) error {
	for _, name := range []string{SummaryFile, "landing", "catalog", "truth", "stream"} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("remove city: %w", err)
		}
	}
	return nil
}

// writeCatalogue writes the declarations that read the city: those that jiku has built in.
func writeCatalogue(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.CopyFS(dir, readable{schemas.BuiltIn()})
}

// readable gives files the rights of ordinary ones; embedded files cannot be written to.
type readable struct{ fs.FS }

// Open implements fs.FS.
func (r readable) Open(name string) (fs.File, error) {
	f, err := r.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return readableFile{f}, nil
}

// ReadDir implements fs.ReadDirFS.
func (r readable) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(r.FS, name) }

type readableFile struct{ fs.File }

// Stat implements fs.File.
func (f readableFile) Stat() (fs.FileInfo, error) {
	i, err := f.File.Stat()
	return readableInfo{i}, err
}

type readableInfo struct{ fs.FileInfo }

// Mode implements fs.FileInfo.
func (i readableInfo) Mode() fs.FileMode { return i.FileInfo.Mode() | 0o200 }

// writeRegions writes the codes of all counties, streets and villages of the city.
func writeRegions(path string) error {
	text := []byte("code\tname\n")
	for i := range home {
		c := &home[i]
		text = append(append(append(append(text, c.code...), '\t'), c.name...), '\n')
		for street := range c.streets {
			p := place{county: uint8(i + 1), street: uint8(street)}
			text = append(append(append(p.appendStreetCode(text), '\t'), c.streets[street]...), '\n')
			for n := range uint16(9) {
				p.number = n
				text = append(p.appendVillageCode(text), '\t')
				text = append(append(appendInt(append(text, c.streets[street]...), int(n)+1), "社区"...), '\n')
			}
		}
	}
	return os.WriteFile(path, text, 0o644)
}
