package main

import (
	"context"
	"io"
	"strings"
	"testing"
)

// BenchmarkIDStream explains persons and organizations in turn, as jiku id does from standard input.
func BenchmarkIDStream(b *testing.B) {
	a := newApp(streams{in: strings.NewReader(""), out: io.Discard, err: io.Discard})
	r, err := a.idReader(idOptions{date: "2026-11-01"})
	if err != nil {
		b.Fatal(err)
	}
	const lines = 1000
	text := strings.Repeat("390101196504300012\n91390100MA39X0A12F\n", lines/2)
	for _, form := range []struct {
		name   string
		asJSON bool
	}{{"text", false}, {"json", true}} {
		b.Run(form.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := r.stream(context.Background(), strings.NewReader(text), io.Discard, form.asJSON); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)*lines/b.Elapsed().Seconds(), "lines/s")
		})
	}
}
