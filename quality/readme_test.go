package quality

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the list of rules into README.md")

func TestReadmeListsTheRules(t *testing.T) {
	const begin, end = "-update -->\n", "<!-- /rules -->"
	b, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok1 := strings.Cut(string(b), begin)
	got, tail, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		t.Fatal("README.md has no place for the rules")
	}
	want := rulesTable()
	if *update {
		if err := os.WriteFile("README.md", []byte(head+begin+want+end+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("README.md is behind the registry; run go test ./quality -run Readme -update (-want +got):\n%s", diff)
	}
}

func rulesTable() string {
	var sb strings.Builder
	sb.WriteString("| rule | depth | items | args | GB/T 36344 | weight | 要求 | reasons |\n|---|---|---|---|---|---|---|---|\n")
	for _, r := range Rules() {
		var args, reasons []string
		for _, a := range r.Args {
			args = append(args, a.Name)
		}
		for _, i := range r.Reasons {
			reasons = append(reasons, fmt.Sprintf("`%s` %s", i.Code, strings.ReplaceAll(string(i.Severity), "_", " ")))
		}
		fmt.Fprintf(&sb, "| `%s` | %s | %s | %s | %s | %g | %s | %s |\n", r.Name, r.Depth, r.Signature(), strings.Join(args, ", "), r.Dimension, r.Weight, r.Title, strings.Join(reasons, "<br>"))
	}
	return sb.String()
}
