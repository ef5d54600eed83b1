package schemas

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Problem is one defect of a declaration, with its place and what to do about it.
type Problem struct {
	File string
	// Line and Column count from 1; 0 is the file as a whole.
	Line, Column int
	Message      string
	Hint         string
}

// String is file:line:col: message (hint).
func (p Problem) String() string {
	var sb strings.Builder
	sb.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&sb, ":%d:%d", p.Line, p.Column)
	}
	sb.WriteString(": " + p.Message)
	if p.Hint != "" {
		sb.WriteString(" (" + p.Hint + ")")
	}
	return sb.String()
}

// Problems are all defects found, by file and place.
type Problems []Problem

// Error lists the problems, one a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

func (ps Problems) sorted() Problems {
	slices.SortFunc(ps, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column,
			strings.Compare(a.Message, b.Message))
	})
	return ps
}

// place is where a node of a declaration stands; body is where the text of a literal block
// begins.
type place struct {
	line, column int
	body         *place
}

// document is one declaration file: what it declares, and where each of its parts stands,
// by path such as columns[2].item.
type document struct {
	kind   *declarationKind
	file   string
	value  any
	places map[string]place
	// broken are paths whose form is a problem already: what follows from it is not shown.
	broken []string
}

// spoiled reports whether the part, or a part of it or around it, has no proper form.
func (d *document) spoiled(path string) bool {
	return slices.ContainsFunc(d.broken, func(b string) bool { return within(b, path) || within(path, b) })
}

// within reports whether a path is another, or lies in it.
func within(path, in string) bool {
	return strings.HasPrefix(path, in) && (len(path) == len(in) || in != "" && (path[len(in)] == '.' || path[len(in)] == '['))
}

// find is the place of a path, or of the nearest part around it that is written down.
func (d *document) find(path string) place {
	for {
		if at, ok := d.places[path]; ok || path == "" {
			return at
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
}

// scope is a part of a document that is being checked; problems land at its place.
type scope struct {
	doc  *document
	path string
	out  *Problems
}

// key is the part under a key.
func (s scope) key(name string) scope {
	s.path = joinPath(s.path, name)
	return s
}

// at is element i of a list under a key.
func (s scope) at(name string, i int) scope {
	s = s.key(name)
	s.path = indexPath(s.path, i)
	return s
}

// fail records a problem. The hint says what to do; it may be empty.
func (s scope) fail(hint, format string, args ...any) {
	if s.doc.spoiled(s.path) {
		return
	}
	at := s.doc.find(s.path)
	*s.out = append(*s.out, Problem{File: s.doc.file, Line: at.line, Column: at.column,
		Message: fmt.Sprintf(format, args...), Hint: hint})
}

// failIn records a problem at a line and column, counted from 0, of the literal block that
// the part is; of other text, at its beginning.
func (s scope) failIn(line, column int, hint, message string) {
	at := s.doc.find(s.path)
	if at.body != nil {
		at.line, at.column = at.body.line+line, at.body.column+column
	}
	*s.out = append(*s.out, Problem{s.doc.file, at.line, at.column, message, hint})
}

func joinPath(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func indexPath(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// suggest is the hint for a word that is not among the known ones: the nearest of them, or
// all if they are few.
func suggest(word string, known []string) string {
	length := len([]rune(word))
	best, distance := "", min(max(length/3, 1)+1, length)
	for _, k := range known {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(k)); d < distance {
			best, distance = k, d
		}
	}
	const few = 12
	switch {
	case best != "":
		return fmt.Sprintf("did you mean %q?", best)
	case len(known) == 0:
		return "there is none yet"
	case len(known) <= few:
		return "one of " + strings.Join(known, ", ")
	default:
		return ""
	}
}
