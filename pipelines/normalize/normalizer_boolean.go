package normalize

import (
	"fmt"

	"jiku/schemas"
)

var reasonBooleanForm = &schemas.ReasonInfo{
	Code: "boolean.form", Severity: schemas.ItemError, Dimension: "0302",
	Title: "不是约定的“是”或“否”", Advice: "请填写“是”或“否”；用代码的，请与数据主管部门约定含义。",
}

// Words that say yes or no in any feed. Numbers are none of them: 1 and 2, 1 and 0, 0 and 1
// have all been seen to mean yes and no.
var (
	yesWords = []string{"是", "有", "对", "√", "✓", "Y", "y", "YES", "Yes", "yes", "T", "TRUE", "True", "true"}
	noWords  = []string{"否", "无", "不是", "没有", "×", "✗", "N", "n", "NO", "No", "no", "F", "FALSE", "False", "false"}
)

func init() {
	Register(Spec{
		Name:  "boolean",
		Title: "是否",
		Doc: "Reads yes or no: 是 and 否, 有 and 无, Y and N, true and false. Numbers mean something only where the feed " +
			"says what, since 1 is yes in one system and no in the next. A null word of the feed goes before: where 无 is " +
			"one, it is none and not no.",
		Gives: schemas.TypeCode,
		Args: []Arg{
			{"yes", "words that mean yes; the first is what the step gives, 是 if left out: [\"1\"]"},
			{"no", "words that mean no; the first is what the step gives, 否 if left out: [\"2\"]"},
		},
		Examples: []Example{
			{In: "是", Out: "是"},
			{In: "N", Out: "否"},
			{In: "true", Out: "是"},
			{In: "有", Out: "是"},
			{In: "2", Out: "2", Args: schemas.Settings{"yes": []string{"1"}, "no": []string{"2"}}},
			{In: "是", Out: "1", Args: schemas.Settings{"yes": []string{"1"}, "no": []string{"2"}}},
			{In: "0", Out: "是", Args: schemas.Settings{"yes": []string{"是", "0"}, "no": []string{"否", "1"}}},
			{In: "1", Out: "!", Reason: "boolean.form"},
			{In: "大概", Out: "!", Reason: "boolean.form"},
		},
		Reasons: []*schemas.ReasonInfo{reasonBooleanForm},
		Compile: compileBoolean,
	})
}

func compileBoolean(args schemas.Settings, item *schemas.Item, env Env) (Func, error) {
	var set struct {
		Yes []string `yaml:"yes"`
		No  []string `yaml:"no"`
	}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	words := map[string]string{}
	for _, side := range []struct {
		arg             string
		declared, known []string
	}{{"yes", set.Yes, yesWords}, {"no", set.No, noWords}} {
		gives := side.known[0]
		for i, w := range side.declared {
			w = string(trimCell([]byte(w)))
			if i == 0 {
				gives = w
			}
			if old, taken := words[w]; w == "" || taken && old != gives {
				return nil, badArg(fmt.Sprintf("%s[%d]", side.arg, i), "give each side words of its own", "read word %q: it is blank or means both", w)
			}
			words[w] = gives
		}
		for _, w := range side.known {
			if _, declared := words[w]; !declared {
				words[w] = gives
			}
		}
	}
	if err := checkBooleanCodes(words, item, env); err != nil {
		return nil, err
	}
	return func(c *Cell) {
		w, ok := words[string(c.Text)]
		if !ok {
			w, ok = words[string(cutPointZero(c.Text))]
		}
		switch {
		case !ok:
			c.Fail(reasonBooleanForm, "")
		case w != string(c.Text):
			c.PutString(w)
		}
	}, nil
}

// checkBooleanCodes refuses words that the item's code table does not have.
func checkBooleanCodes(words map[string]string, item *schemas.Item, env Env) error {
	if item == nil || item.Table == "" || env.Table == nil {
		return nil
	}
	table, err := env.Table(item.Table)
	if err != nil {
		return err
	}
	for _, code := range words {
		if _, ok := table.Label(code); !ok {
			return badArg("yes", codesHint(table), "read words: %q is no code of table %s", code, item.Table)
		}
	}
	return nil
}
