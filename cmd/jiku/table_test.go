package main

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// goldenTable was laid out by the East Asian widths of another implementation of UAX #11.
const goldenTable = `FEED              DEPARTMENT               ROWS  NOTE
police_household  市公安局                1,500
civil             街道办事处（网格）          7  合同之外的 1 列不入库
全角ＡＢ１２      ab                  1,234,567  x y
`

func TestTable(t *testing.T) {
	tb := newTable("FEED", "DEPARTMENT", "EMPTY", "ROWS>", "NOTE")
	tb.add("police_household", "市公安局", "", count(1500))
	tb.add("civil", "街道办事处（网格）", "", count(7), "合同之外的 1 列不入库")
	tb.add("全角ＡＢ１２", "ab", "", count(1234567), "x\ny\x1b")
	var b bytes.Buffer
	if err := tb.write(&b, palette{}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(goldenTable, b.String()); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
}

func TestTableColours(t *testing.T) {
	tb := newTable("STATE", "NAME")
	tb.add("held", "名")
	tb.paint = map[string]func(string) string{"STATE": palette{on: true}.state}
	var b bytes.Buffer
	if err := tb.write(&b, palette{on: true}); err != nil {
		t.Fatal(err)
	}
	want := "\x1b[1mSTATE\x1b[0m  \x1b[1mNAME\x1b[0m\n\x1b[31mheld\x1b[0m   名\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
}

func TestNoColourInPipes(t *testing.T) {
	var b bytes.Buffer
	if paletteFor(&b).on {
		t.Error("colours are on where nobody looks")
	}
}
