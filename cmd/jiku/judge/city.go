package judge

import (
	"errors"
	"fmt"
	"io/fs"

	"jiku/cmd/jiku/city"
	"jiku/connectors"
)

// Identity says which city figures are of: the same three make the same bytes.
type Identity struct {
	Persons int64  `json:"persons"`
	Seed    uint64 `json:"seed"`
	Days    int64  `json:"days"`
}

func identity(s *city.Summary) Identity {
	return Identity{Persons: int64(s.Persons), Seed: s.Seed, Days: int64(s.Days)}
}

// outcomes are those that the judge knows, as the page words them.
var outcomes = map[city.Outcome]string{city.Fixed: "规范化后改正", city.Found: "列为问题", city.Rejected: "拒收", city.Disputed: "列为分歧或取到真值", city.Held: "拦下整期",
	city.Linked: "关联到本人本单位", city.Entity: "列为实体问题", city.Nothing: "列为问题"}

// covered reports whether anything of jiku should find the kind. Fixed without codes is silent:
// the value must come out right.
func covered(k city.Kind) bool {
	switch k.Outcome {
	case city.Fixed, city.Disputed, city.Held, city.Linked:
		return true
	}
	return len(k.Codes) > 0
}

// ReadCity reads what the city in a folder has, and refuses one that cannot be judged.
func ReadCity(dir string) (*city.Summary, error) {
	s, err := city.ReadSummary(dir)
	var file *fs.PathError
	switch {
	case errors.As(err, &file):
		return nil, lost(err)
	case err != nil:
		return nil, damaged("%w", err)
	}
	seen := map[string]bool{}
	for _, k := range s.Kinds {
		switch {
		case k.ID == "" || seen[k.ID]:
			return nil, damaged("read %s: kind %q is there twice or has no id", city.SummaryFile, k.ID)
		case outcomes[k.Outcome] == "":
			return nil, damaged("read %s: kind %s: unknown outcome %q", city.SummaryFile, k.ID, k.Outcome)
		}
		seen[k.ID] = true
	}
	if len(s.Kinds) == 0 {
		return nil, damaged("read %s: it lists no kinds of errors", city.SummaryFile)
	}
	return s, nil
}

const writeCity = "jiku gen city --persons N --seed S --out DIR writes a city with city.json and truth/"

// lost is an error about a file of the city that is not there or cannot be read.
func lost(err error) error {
	code := connectors.Permanent
	switch {
	case errors.Is(err, fs.ErrNotExist):
		code = connectors.Missing
	case errors.Is(err, fs.ErrPermission):
		code = connectors.Denied
	}
	return &connectors.Error{Code: code, Err: err, Hint: writeCity}
}

// damaged is an error about a file of the city that does not say what it should.
func damaged(format string, args ...any) error {
	return &connectors.Error{Code: connectors.Malformed, Err: fmt.Errorf(format, args...), Hint: writeCity}
}
