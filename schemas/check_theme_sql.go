package schemas

import (
	"slices"
	"strings"
)

// This is no parser of SQL: the warehouse parses, and knows better. It finds which tables a
// query reads by the words after FROM and JOIN, so that a theme cannot read past its
// inputs unseen.

// sqlWord is a word, a number or a sign of SQL, and where it stands, counted from 0.
type sqlWord struct {
	text         string
	quoted       bool
	line, column int
}

func (w sqlWord) is(words ...string) bool {
	return !w.quoted && slices.Contains(words, strings.ToLower(w.text))
}

func (w sqlWord) identifier() bool { return w.quoted || wordByte(w.text[0]) }

func wordByte(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80
}

// sqlWords cuts SQL into words; strings and comments are left out.
func sqlWords(sql string) []sqlWord {
	var out []sqlWord
	line, lineStart := 0, 0
	for i := 0; i < len(sql); {
		end, keep, quoted := sqlToken(sql, i)
		text := sql[i:end]
		if quoted {
			text = strings.TrimSuffix(text[1:], text[:1])
		}
		if keep && text != "" {
			out = append(out, sqlWord{text, quoted, line, len([]rune(sql[lineStart:i]))})
		}
		if n := strings.Count(sql[i:end], "\n"); n > 0 {
			line += n
			lineStart = i + strings.LastIndexByte(sql[i:end], '\n') + 1
		}
		i = end
	}
	return out
}

// sqlToken is the end of the token at i, whether it is a word to keep, and whether that is
// a quoted identifier.
func sqlToken(sql string, i int) (end int, keep, quoted bool) {
	rest := sql[i:]
	until := func(mark string) int {
		if at := strings.Index(rest[1:], mark); at >= 0 {
			return i + 1 + at + len(mark)
		}
		return len(sql)
	}
	switch b := sql[i]; {
	case strings.HasPrefix(rest, "--"), b == '#':
		return until("\n"), false, false
	case strings.HasPrefix(rest, "/*"):
		return until("*/"), false, false
	case b == '\'' || b == '`' || b == '"':
		end := i + 1
		for end < len(sql) && sql[end] != b {
			if sql[end] == '\\' {
				end++
			}
			end++
		}
		end = min(end+1, len(sql))
		return end, b != '\'', true
	case wordByte(b):
		end := i
		for end < len(sql) && wordByte(sql[end]) {
			end++
		}
		return end, true, false
	default:
		return i + 1, b != ' ' && b != '\n' && b != '\t' && b != '\r', false
	}
}

// sqlRead is one table, or table function, that a query reads.
type sqlRead struct {
	name         string
	function     bool
	line, column int
}

// harmless are table functions that read nothing.
var harmless = []string{"generate_series", "generateseries", "numbers", "values", "zeros"}

// sqlFrame is what is known between two parentheses.
type sqlFrame struct {
	call, query, from bool
}

// sqlReads lists what a query reads. isTable tells database.table from alias.column where
// no FROM stands before.
func sqlReads(words []sqlWord, isTable func(database, name string) bool) []sqlRead {
	local := sqlLocals(words)
	var out []sqlRead
	stack := []sqlFrame{{}}
	for i := 0; i < len(words); i++ {
		top := &stack[len(stack)-1]
		w := words[i]
		switch {
		case w.text == "(" && !w.quoted:
			call := i > 0 && words[i-1].identifier() && (words[i-1].quoted || !slices.Contains(keywords, strings.ToLower(words[i-1].text)))
			call = call || i > 0 && words[i-1].is("extract", "substring", "trim", "cast", "timestamp")
			stack = append(stack, sqlFrame{call: call})
		case w.text == ")" && !w.quoted:
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		case w.is("select", "with"):
			top.query, top.from = true, false
		case w.is("where", "prewhere", "group", "order", "having", "limit", "union", "intersect", "except", "window", "array"):
			top.from = false
		case startsTable(words, i, top):
			top.from = true
			if r, ok := tableAt(words, i+1); ok && !(slices.Contains(local, r.name)) {
				out = append(out, r)
			}
			i += pathLength(words, i+1)
		case w.identifier() && i > 0 && words[i-1].text == ".":
		case outsideFunction(words, i):
			out = append(out, sqlRead{w.text, true, w.line, w.column})
		case pathLength(words, i) == 3 && isTable(w.text, words[i+2].text):
			out = append(out, sqlRead{w.text + "." + words[i+2].text, false, w.line, w.column})
		}
	}
	return out
}

// startsTable reports whether a table follows word i: FROM, JOIN, or a comma between them.
func startsTable(words []sqlWord, i int, in *sqlFrame) bool {
	previous := sqlWord{text: "("}
	if i > 0 {
		previous = words[i-1]
	}
	switch w := words[i]; {
	case w.is("from"):
		// extract(YEAR FROM day) and IS DISTINCT FROM have no table.
		return (!in.call || in.query) && !(previous.is("distinct") && i > 1 && words[i-2].is("is", "not"))
	case w.is("join"):
		return !previous.is("array")
	default:
		return w.text == "," && in.from
	}
}

// pathLength is how many words a.b or a are: 3, 1, or 0 where no identifier stands.
func pathLength(words []sqlWord, i int) int {
	switch {
	case i >= len(words) || !words[i].identifier() || words[i].is("select", "with"):
		return 0
	case i+2 < len(words) && words[i+1].text == "." && words[i+2].identifier():
		return 3
	default:
		return 1
	}
}

// tableAt reads the table at word i; there is none where a subquery stands.
func tableAt(words []sqlWord, i int) (sqlRead, bool) {
	n := pathLength(words, i)
	if n == 0 {
		return sqlRead{}, false
	}
	r := sqlRead{name: words[i].text, line: words[i].line, column: words[i].column}
	if n == 3 {
		r.name += "." + words[i+2].text
	}
	r.function = i+n < len(words) && words[i+n].text == "("
	return r, !(r.function && slices.Contains(harmless, strings.ToLower(r.name)))
}

// outsideFunction reports a function that reads data which is no table of the inputs.
func outsideFunction(words []sqlWord, i int) bool {
	if i+1 >= len(words) || words[i+1].text != "(" {
		return false
	}
	name := strings.ToLower(words[i].text)
	return name == "file" || name == "url" || strings.HasPrefix(name, "dictget") || strings.HasPrefix(name, "joinget")
}

// sqlLocals are the names that WITH name AS (SELECT …) gives.
func sqlLocals(words []sqlWord) []string {
	var out []string
	for i := 0; i+3 < len(words); i++ {
		if words[i].identifier() && words[i+1].is("as") && words[i+2].text == "(" && words[i+3].is("select", "with") {
			out = append(out, words[i].text)
		}
	}
	return out
}
