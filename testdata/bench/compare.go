package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// compare holds the published base against what the SQL found, key by key. What differs is
// told at the end and fails the program.
func (b *bench) compare(ctx context.Context, e engine, form sqlForm) error {
	query, err := b.statement(compareText, form)
	if err != nil {
		return err
	}
	text, err := e.exec(ctx, query+" FORMAT JSONEachRow SETTINGS output_format_json_quote_64bit_integers = 0")
	if err != nil {
		return err
	}
	var n map[string]int64
	if err := json.Unmarshal([]byte(text), &n); err != nil {
		return fmt.Errorf("read comparison: %w", err)
	}
	var wrong []string
	for _, name := range unequal() {
		if n[name] != 0 {
			wrong = append(wrong, fmt.Sprintf("%s %d", name, n[name]))
		}
	}
	if len(wrong) > 0 {
		b.differs = append(b.differs, fmt.Errorf("compare jiku with %s: of %d keys these differ: %s", form.step, n["keys"], strings.Join(wrong, ", ")))
		return nil
	}
	if n["keys"] == 0 {
		return fmt.Errorf("compare jiku with %s: there are no keys", form.step)
	}
	b.compared = n["keys"]
	_, err = fmt.Fprintf(b.out, "%-14s equal to jiku for %d keys: winners, origins and conflicts (%d) of %d items\n", form.step, n["keys"], n["conflicts"], itemCount)
	return err
}

// unequal are the counts of the comparison that must be 0.
func unequal() []string {
	out := []string{"missing_in_jiku", "missing_in_sql"}
	for _, it := range &items {
		out = append(out, it.Name+"_value", it.Name+"_origin", it.Name+"_conflict")
	}
	return out
}
