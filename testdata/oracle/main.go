package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"

	"jiku/schemas/ident"
)

// oracle is one other program with the values that it is asked about.
type oracle struct {
	name    string
	command []string
	values  func(maker) []func() string
	read    func(value string) (reason ident.Reason, fixed, old bool)
}

func main() {
	n := flag.Int("n", 1_000_000, "values for each program")
	seed := flag.Uint64("seed", 1, "seed of the values")
	python := flag.String("python", "", "a Python with python-stdnum")
	node := flag.String("node", "node", "Node.js")
	modules := flag.String("modules", "", "the folder node_modules with id-validator")
	scripts := flag.String("scripts", "testdata/oracle", "the folder of ask.py and ask.js")
	flag.Parse()
	failed := false
	for _, o := range []oracle{
		{"python-stdnum cn.ric", []string{*python, *scripts + "/ask.py", "ric"}, maker.persons, readPerson},
		{"python-stdnum cn.uscc", []string{*python, *scripts + "/ask.py", "uscc"}, maker.organizations, readCode},
		{"npm id-validator", []string{*node, *scripts + "/ask.js", *modules}, maker.persons, readPerson},
	} {
		ok, err := o.compare(os.Stdout, newMaker(*seed), *n)
		if err != nil {
			fmt.Fprintf(os.Stderr, "oracle: ask %s: %s\n", o.name, err)
			os.Exit(1)
		}
		failed = failed || !ok
	}
	if failed {
		os.Exit(1)
	}
}

func readPerson(value string) (reason ident.Reason, fixed, old bool) {
	id, reason := ident.ParseResidentID([]byte(value))
	return reason, id.Fixed, id.Upgraded
}

func readCode(value string) (reason ident.Reason, fixed, old bool) {
	code, reason := ident.ParseUSCC([]byte(value))
	return reason, code.Fixed, false
}

// compare asks about n values and lists the differences. It reports whether all are explained.
func (o oracle) compare(out io.Writer, m maker, n int) (ok bool, err error) {
	ways := o.values(m)
	values := make([]string, n)
	for i := range values {
		values[i] = ways[m.IntN(len(ways))]()
	}
	words, err := o.ask(values)
	if err != nil {
		return false, err
	}
	taken, agreed := 0, 0
	counts, examples, unexplained := map[string]int{}, map[string]string{}, []answer(nil)
	for i, v := range values {
		a := answer{value: v, theirs: words[i]}
		if a.reason, a.fixed, a.old = o.read(v); a.reason == ident.OK {
			taken++
		}
		if a.agrees() {
			agreed++
			continue
		}
		c, known := explain(a)
		if !known {
			unexplained = append(unexplained, a)
			continue
		}
		name := c.name + ": " + c.why
		counts[name]++
		if examples[name] == "" {
			examples[name] = v
		}
	}
	fmt.Fprintf(out, "%s: %d values, jiku takes %d, both agree on %d\n", o.name, n, taken, agreed)
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(out, "%9d  %s, such as %q\n", counts[name], name, examples[name])
	}
	fmt.Fprintf(out, "%9d  not explained\n", len(unexplained))
	for _, a := range unexplained[:min(len(unexplained), 10)] {
		fmt.Fprintf(out, "           %q: jiku says %q, the other %q\n", a.value, a.reason, a.theirs)
	}
	return len(unexplained) == 0, nil
}

// ask sends the values, a line each, and reads a word for each.
func (o oracle) ask(values []string) ([]string, error) {
	cmd := exec.Command(o.command[0], o.command[1:]...)
	cmd.Stdin = strings.NewReader(strings.Join(values, "\n") + "\n")
	cmd.Stderr = os.Stderr
	answers, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	words := make([]string, 0, len(values))
	for lines := bufio.NewScanner(answers); lines.Scan(); {
		words = append(words, lines.Text())
	}
	if err := cmd.Wait(); err != nil {
		return nil, err
	}
	if len(words) != len(values) {
		return nil, fmt.Errorf("%d answers to %d values", len(words), len(values))
	}
	return words, nil
}
