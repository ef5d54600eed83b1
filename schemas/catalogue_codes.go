package schemas

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"jiku/schemas/codes"
)

// codesDir holds a city's own code tables: codes/NAME.tsv adds to the shipped table NAME, or is a table of the city.
const codesDir = "codes"

// otherTables are the endings of files that were meant as tables.
var otherTables = []string{".csv", ".txt", ".tab", ".xls", ".xlsx"}

var tableName = regexp.MustCompile(snakePattern)

// readCodes reads the code tables of a catalogue and lays them, and the city's regions, over the national ones.
func (c *Catalogue) readCodes(fsys fs.FS, problems *Problems) error {
	entries, err := fs.ReadDir(fsys, codesDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	over := codes.Overlaid{Files: map[string]string{}}
	for _, e := range entries {
		name, isTable := strings.CutSuffix(e.Name(), ".tsv")
		switch {
		case e.IsDir(), !isTable && !slices.Contains(otherTables, path.Ext(e.Name())):
			continue
		case !isTable:
			*problems = append(*problems, Problem{File: path.Join(codesDir, e.Name()), Message: "code table is not read",
				Hint: "save it with tabs between the cells, as NAME.tsv"})
			continue
		case !tableName.MatchString(name):
			*problems = append(*problems, Problem{File: path.Join(codesDir, e.Name()), Message: "file does not name a table",
				Hint: "name it in lower case letters, digits and _, beginning with a letter"})
			continue
		}
		text, err := fs.ReadFile(fsys, path.Join(codesDir, e.Name()))
		if err != nil {
			return err
		}
		over.Files[name] = string(text)
	}
	if c.City != nil {
		for _, r := range c.City.Regions {
			over.Regions = append(over.Regions, codes.Region{Code: r.Code, Name: r.Name, From: codes.FirstYear})
		}
	}
	set, wrong := codes.NewSet(over)
	for _, name := range slices.Sorted(maps.Keys(wrong)) {
		for _, d := range wrong[name] {
			*problems = append(*problems, Problem{codesDir + "/" + name + ".tsv", d.Line, d.Column, d.Message, d.Hint})
		}
	}
	if set == nil {
		set = codes.National() // What else is wrong can still be found.
	}
	c.Codes = set
	for name := range over.Files {
		if c.ownCodes == nil {
			c.ownCodes = map[string]string{}
		}
		c.ownCodes[name] = set.Digest(name)
	}
	return nil
}
