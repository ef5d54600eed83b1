package normalize

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"jiku/schemas"
	"jiku/schemas/codes"
)

var (
	reasonCodeUnknown = &schemas.ReasonInfo{
		Code: "code.unknown", Severity: schemas.ItemError, Dimension: "0105",
		Title: "代码或名称不在代码表中", Advice: "请按代码表报送；自用代码请与数据主管部门约定对照表。",
	}
	reasonCodeShared = &schemas.ReasonInfo{
		Code: "code.shared", Severity: schemas.ItemError, Dimension: "0105",
		Title: "名称对应多个代码，无法确定", Advice: "请报送代码；名称重复的，请写全称。",
	}
	reasonCodeHistoric = &schemas.ReasonInfo{
		Code: "code.historic", Severity: schemas.Fix, Dimension: "0105",
		Title: "名称或代码已停用，已按现行代码取用", Advice: "请改用现行标准的名称或代码。",
	}
)

func init() {
	Register(Spec{
		Name:  "code",
		Title: "代码",
		Doc: "Gives the code that a cell means in the item's code table: a code, a label or a synonym of one, or a " +
			"label of the past. map is the feed's own table, from what the department writes to the code; it goes first. " +
			"For an item, write it as codes: beside the column. table names the code table where no item does, as in a " +
			"part of a key. Quote codes in YAML: 01 is not \"01\".",
		Gives: schemas.TypeCode,
		Args: []Arg{
			{"table", "the code table; the item's own if left out"},
			{"map", "what the department writes and the code that it means; it goes before the table: {\"0\": \"1\"}"},
		},
		Examples: []Example{
			{In: "男", Out: "1", Args: schemas.Settings{"table": "sex"}},
			{In: "1", Out: "1", Args: schemas.Settings{"table": "sex"}},
			{In: "1.0", Out: "1", Args: schemas.Settings{"table": "sex"}},
			{In: "0", Out: "1", Args: schemas.Settings{"table": "sex", "map": map[string]any{"0": "1", "1": "2"}}},
			{In: "汉", Out: "01", Args: schemas.Settings{"table": "ethnic"}},
			{In: "崩龙族", Out: "46", Reason: "code.historic", Args: schemas.Settings{"table": "ethnic"}},
			{In: "鼓楼区", Out: "!", Reason: "code.shared", Args: schemas.Settings{"table": "region"}},
			{In: "M", Out: "!", Reason: "code.unknown", Args: schemas.Settings{"table": "marital"}},
		},
		Reasons: []*schemas.ReasonInfo{reasonCodeUnknown, reasonCodeShared, reasonCodeHistoric},
		Compile: compileCode,
	})
}

func compileCode(args schemas.Settings, item *schemas.Item, env Env) (Func, error) {
	var set struct {
		Table string            `yaml:"table"`
		Map   map[string]string `yaml:"map"`
	}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	if set.Table == "" && item != nil {
		set.Table = item.Table
	}
	if set.Table == "" {
		return nil, fmt.Errorf("find code table: none is named; add table: NAME")
	}
	own, err := trimmedWords(set.Map)
	if err != nil {
		return nil, err
	}
	if env.Table == nil {
		return func(*Cell) {}, nil // Only the form of the declaration is checked.
	}
	table, err := env.Table(set.Table)
	if err != nil {
		return nil, err
	}
	if err := checkMap(own, set.Table, table); err != nil {
		return nil, err
	}
	return codeStep(table.WithWords(own)), nil
}

// codeStep gives the code that a cell means.
func codeStep(words *codes.Words) Func {
	return func(c *Cell) {
		code, how := words.Find(c.Text)
		if how == codes.SameCode {
			return
		}
		if how == codes.NoCode {
			code, how = words.Find(cutPointZero(c.Text))
		}
		switch how {
		case codes.HistoricWord:
			c.Note(reasonCodeHistoric, "")
		case codes.SharedWord:
			c.Fail(reasonCodeShared, "")
			return
		case codes.NoCode:
			c.Fail(reasonCodeUnknown, "")
			return
		}
		c.PutString(code)
	}
}

// trimmedWords are the words of a feed's own table as cells will hold them. Two words that cells cannot tell apart
// are refused.
func trimmedWords(own map[string]string) (map[string]string, error) {
	out := make(map[string]string, len(own))
	for _, word := range slices.Sorted(maps.Keys(own)) {
		w := string(trimCell([]byte(word)))
		if w == "" {
			return nil, badArg("map."+word, "blank cells are for nulls", "read map: %q is blank", word)
		}
		if _, taken := out[w]; taken {
			return nil, badArg("map."+word, "keep one: blanks around a cell do not count", "read map: %q stands twice", w)
		}
		out[w] = own[word]
	}
	return out, nil
}

// codesHint lists the codes of a table if they are few.
func codesHint(t *codes.Table) string {
	const few = 12
	if t.Len() > few {
		return "give one of its codes, in quotes"
	}
	var list []string
	for e := range t.All() {
		list = append(list, e.Code)
	}
	return "one of " + strings.Join(list, ", ")
}

// checkMap refuses a feed's own table that gives codes which the code table does not have.
func checkMap(own map[string]string, name string, table *codes.Table) error {
	for _, word := range slices.Sorted(maps.Keys(own)) {
		if _, ok := table.Label(own[word]); !ok {
			return badArg("map."+word, codesHint(table), "read map: %q gives code %q, which table %s does not have", word, own[word], name)
		}
	}
	return nil
}
