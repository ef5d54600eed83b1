package judge

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"jiku/connectors"
)

// Identity says which city figures are of: the same three make the same bytes.
type Identity struct {
	Persons int64       `json:"persons"`
	Seed    json.Number `json:"seed"`
	Days    int64       `json:"days"`
}

// City is what the generator says of a city in city.json.
type City struct {
	Identity
	// Kinds are the kinds of errors that labels name.
	Kinds []Kind `json:"kinds"`
	// Feeds are the feeds that the city has deliveries of; those that labels name if empty.
	Feeds []string `json:"feeds,omitempty"`
	// Last is the city's last day, yyyymmdd, or 0.
	Last uint32 `json:"last,omitempty"`
}

// Kind is one kind of injected error.
type Kind struct {
	ID string `json:"id"`
	// Number is that of the catalogue of errors, or 0.
	Number int    `json:"number"`
	Title  string `json:"title"`
	// Codes are the reason codes that should find it.
	Codes []string `json:"codes"`
	// Outcome is what becomes of it.
	Outcome Outcome `json:"outcome"`
}

// Outcome is what jiku should make of an error.
type Outcome string

// The outcomes. Fix without codes is silent: the value must come out right.
const (
	Fix      Outcome = "fix"
	Finding  Outcome = "finding"
	Reject   Outcome = "reject"
	Conflict Outcome = "conflict"
	Held     Outcome = "held"
	Linked   Outcome = "linked" // The row's key is joined to the true one.
	Entity   Outcome = "entity"
	None     Outcome = "none"
)

var outcomes = []Outcome{Fix, Finding, Reject, Conflict, Held, Linked, Entity, None}

// Covered reports whether anything of jiku should find the kind.
func (k Kind) Covered() bool {
	return len(k.Codes) > 0 || k.Outcome == Fix || k.Outcome == Conflict || k.Outcome == Held || k.Outcome == Linked
}

// ReadCity reads DIR/city.json.
func ReadCity(dir string) (*City, error) {
	data, err := os.ReadFile(filepath.Join(dir, "city.json"))
	if err != nil {
		return nil, lost("read city", err)
	}
	var c City
	if err := json.Unmarshal(data, &c); err != nil {
		return nil, damaged("read city.json: %w", err)
	}
	seen := map[string]bool{}
	for _, k := range c.Kinds {
		switch {
		case k.ID == "" || seen[k.ID]:
			return nil, damaged("read city.json: kind %q is there twice or has no id", k.ID)
		case !slices.Contains(outcomes, k.Outcome):
			return nil, damaged("read city.json: kind %s: unknown outcome %q, want one of %v", k.ID, k.Outcome, outcomes)
		}
		seen[k.ID] = true
	}
	if len(c.Kinds) == 0 {
		return nil, damaged("read city.json: it lists no kinds of errors")
	}
	return &c, nil
}

const writeCity = "jiku gen city --persons N --seed S --out DIR writes a city with city.json and truth/"

// lost is an error about a file of the city that is not there or cannot be read.
func lost(op string, err error) error {
	code := connectors.Permanent
	switch {
	case errors.Is(err, fs.ErrNotExist):
		code = connectors.Missing
	case errors.Is(err, fs.ErrPermission):
		code = connectors.Denied
	}
	return &connectors.Error{Op: op, Code: code, Err: err, Hint: writeCity}
}

// damaged is an error about a file of the city that does not say what it should.
func damaged(format string, args ...any) error {
	return &connectors.Error{Code: connectors.Malformed, Err: fmt.Errorf(format, args...), Hint: writeCity}
}
