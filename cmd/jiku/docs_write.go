package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// writeDocs prints chapters for a terminal.
func writeDocs(w io.Writer, p palette, chapters []chapter) error {
	out := bufio.NewWriter(w)
	for _, c := range chapters {
		for i, e := range c.list {
			if i > 0 {
				fmt.Fprintln(out)
			}
			fmt.Fprintf(out, "%s  %s\n", p.head(e.Name), e.Title)
			indented(out, e.Doc)
			for _, f := range e.Facts {
				fmt.Fprintf(out, "    %s: %s\n", p.dim(f.Name), f.Text)
			}
			for _, s := range e.Settings {
				fmt.Fprintf(out, "    %s  %s\n", s.Name, s.Text)
			}
			for _, x := range e.Examples {
				fmt.Fprintf(out, "    %s %s\n", p.dim("例"), x.line())
			}
		}
	}
	return out.Flush()
}

func indented(out io.Writer, text string) {
	for line := range strings.Lines(strings.TrimSpace(text)) {
		fmt.Fprintf(out, "    %s\n", strings.TrimRight(line, "\n"))
	}
}

// line is an example on one line.
func (x docExample) line() string {
	s := x.In
	if x.Out != "" {
		s += " → " + x.Out
	}
	if x.Name != "" {
		s = x.Name + "：" + s
	}
	return strings.ReplaceAll(s, "\n", " ⏎ ")
}

// writeMarkdown prints chapters as Markdown.
func writeMarkdown(w io.Writer, chapters []chapter) error {
	out := bufio.NewWriter(w)
	for i, c := range chapters {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "# %s (%s)\n", c.title, c.name)
		for _, e := range c.list {
			fmt.Fprintf(out, "\n## %s %s\n", e.Name, e.Title)
			if e.Doc != "" {
				fmt.Fprintf(out, "\n%s\n", strings.TrimSpace(e.Doc))
			}
			markdownList(out, e)
			markdownExamples(out, e.Examples)
		}
	}
	return out.Flush()
}

func markdownList(out io.Writer, e docEntry) {
	if len(e.Facts)+len(e.Settings) > 0 {
		fmt.Fprintln(out)
	}
	for _, f := range e.Facts {
		fmt.Fprintf(out, "- %s: %s\n", f.Name, f.Text)
	}
	for _, s := range e.Settings {
		fmt.Fprintf(out, "- `%s` %s\n", s.Name, s.Text)
	}
}

func markdownExamples(out io.Writer, list []docExample) {
	if len(list) == 0 {
		return
	}
	fmt.Fprint(out, "\n| 例 | 输入 | 结果 |\n| --- | --- | --- |\n")
	for _, x := range list {
		fmt.Fprintf(out, "| %s | %s | %s |\n", cellText(x.Name), cellText(x.In), cellText(x.Out))
	}
}

// cellText is text that a cell of a Markdown table can hold.
func cellText(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", "<br>").Replace(s)
}
