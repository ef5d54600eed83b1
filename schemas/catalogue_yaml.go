package schemas

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// The library's own strict decoding ends at the first defect and reads 01 as the number 1.
// So only its parser is used, and only here: the tree becomes nodes of our own, which
// catalogue_decode.go fills Go values from.

// shape is what a node of a declaration is.
type shape string

const (
	shapeMapping  shape = "a mapping"
	shapeSequence shape = "a list"
	shapeText     shape = "text"
	shapeNumber   shape = "a number"
	shapeTruth    shape = "true or false"
	shapeNothing  shape = "empty"
)

// node is one node of a declaration.
type node struct {
	shape shape
	// text is a scalar as written, without quotes.
	text string
	at   place
	// keys are the keys of a mapping, text nodes, aligned with items; a list has items alone.
	keys, items []*node
}

// yamlReader turns a parsed file into nodes; YAML's means of reuse are problems, since a
// declaration is read by people in one place.
type yamlReader struct {
	file string
	out  *Problems
}

func (y yamlReader) fail(at place, hint, message string) {
	*y.out = append(*y.out, Problem{File: y.file, Line: at.line, Column: at.column, Message: message, Hint: hint})
}

// read is the root node of a file, or nil when nothing could be read.
func (y yamlReader) read(kind *declarationKind, data []byte) *node {
	if !utf8.Valid(data) {
		y.fail(place{line: invalidLine(data), column: 1}, "save the file as UTF-8", "text is not UTF-8")
		return nil
	}
	tree, err := parser.ParseBytes(bytes.TrimPrefix(data, []byte("\ufeff")), 0, parser.AllowDuplicateMapKey())
	var syntax *yaml.SyntaxError
	switch {
	case errors.As(err, &syntax):
		if strings.Contains(syntax.Message, "'\t'") {
			y.fail(placeOf(syntax.Token), "indent with spaces", "a tab stands where a key or a value begins")
		} else {
			y.fail(placeOf(syntax.Token), syntaxHint(syntax.Message), syntax.Message)
		}
		return nil
	case err != nil:
		y.fail(place{line: 1, column: 1}, syntaxHint(""), err.Error())
		return nil
	case len(tree.Docs) > 1:
		y.fail(placeOf(tree.Docs[1].Start), "one declaration a file", "a second document starts")
		return nil
	case len(tree.Docs) == 0 || tree.Docs[0].Body == nil:
		y.fail(place{line: 1, column: 1}, "begin with the key "+kind.name, "file declares nothing")
		return nil
	}
	return y.node(tree.Docs[0].Body)
}

// syntaxHints say what the parser's messages mostly come from.
var syntaxHints = []struct{ said, hint string }{
	{"',' or ']' must be specified", "close the bracket, or put a comma between the entries"},
	{"',' or '}' must be specified", "close the brace, or put a comma between the entries"},
	{"end token", "close the bracket"},
	{"mapping value is not allowed in this context", "put text with a colon and a blank in it in quotes, and indent the lines of a block alike"},
	{"non-map value is specified", "write key: value, with a half-width colon and a blank after it"},
	{"value is not allowed in this context", "indent the lines of a block alike"},
	{"escape character", "close the quotes of the lines before, and write backslashes in single quotes"},
	{"end of quote", "close the quote"},
}

func syntaxHint(said string) string {
	for _, h := range syntaxHints {
		if strings.Contains(said, h.said) {
			return h.hint
		}
	}
	return "look at the indentation, quotes and brackets around it"
}

func invalidLine(data []byte) int {
	line := 1
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			break
		}
		if r == '\n' {
			line++
		}
		data = data[n:]
	}
	return line
}

func placeOf(t *token.Token) place {
	if t == nil || t.Position == nil {
		return place{line: 1, column: 1}
	}
	return place{line: t.Position.Line, column: max(t.Position.Column, 1)}
}

// node converts a node; nil is a problem that was recorded.
func (y yamlReader) node(n ast.Node) *node {
	out := &node{at: placeOf(n.GetToken()), text: n.GetToken().Value}
	switch x := n.(type) {
	case *ast.MappingNode:
		y.pairs(out, x.Values, x.IsFlowStyle)
	case *ast.MappingValueNode:
		y.pairs(out, []*ast.MappingValueNode{x}, false)
	case *ast.SequenceNode:
		out.shape = shapeSequence
		for _, e := range x.Values {
			out.items = append(out.items, y.node(e))
		}
	case *ast.StringNode:
		out.shape, out.text = shapeText, x.Value
	case *ast.LiteralNode:
		out.shape, out.text = shapeText, x.Value.Value
		if strings.HasPrefix(x.Start.Value, "|") {
			out.at.body = bodyPlace(x.Value.GetToken())
		}
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		out.shape = shapeNumber
	case *ast.BoolNode:
		out.shape = shapeTruth
	case *ast.NullNode:
		out.shape = shapeNothing
	case *ast.AnchorNode, *ast.AliasNode:
		y.fail(out.at, "write the value out", "declarations have no anchors")
		return nil
	default:
		y.fail(out.at, "remove it", "declarations have no tags and directives")
		return nil
	}
	return out
}

// bodyPlace is where the first character of a literal block stands.
func bodyPlace(t *token.Token) *place {
	at := placeOf(t)
	at.column = 1 + len(t.Origin) - len(strings.TrimLeft(t.Origin, " "))
	return &at
}

// pairs fills a mapping, keys in order; merge keys and complex keys are problems.
func (y yamlReader) pairs(out *node, values []*ast.MappingValueNode, flow bool) {
	out.shape, out.text = shapeMapping, ""
	if len(values) > 0 && !flow {
		out.at = placeOf(values[0].Key.GetToken())
	}
	for _, kv := range values {
		key := kv.Key.GetToken()
		switch kv.Key.(type) {
		case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
			out.keys = append(out.keys, &node{shape: shapeText, text: key.Value, at: placeOf(key)})
			out.items = append(out.items, y.node(kv.Value))
		default:
			y.fail(placeOf(key), "write plain keys", "declarations have no merged, anchored or complex keys")
		}
	}
}
