package normalize

import (
	"testing"

	"jiku/schemas"
)

func BenchmarkPopulationRow(b *testing.B) {
	p := personProgram(b, nil)
	rec := schemas.NewRecord(p.base, 1)
	row := personRow(p, typicalRow())
	b.ReportAllocs()
	for b.Loop() {
		p.Row(row, rec)
	}
	if len(rec.Findings) > 0 {
		b.Fatal(codesOf(rec))
	}
}

// A row of which nine cells need a change.
func BenchmarkUntidyRow(b *testing.B) {
	p := personProgram(b, nil)
	rec := schemas.NewRecord(p.base, 1)
	cells := typicalRow()
	for item, cell := range map[string]string{"name": "阿依古丽•买买提", "birth_date": "1965年4月30日", "region": "390101001", "sex": "",
		"address": "示例市 示例区示例路１２号", "phone": "0391-5550001", "employer": "示例(集团)有限公司", "permit_from": "20210931", "income": "1,234.5"} {
		cells[item] = cell
	}
	row := personRow(p, cells)
	b.ReportAllocs()
	for b.Loop() {
		p.Row(row, rec)
	}
}

func BenchmarkDate(b *testing.B) {
	forms := plainForms(Env{}.location())
	for _, in := range []string{"19650430", "1965-04-30", "1965/4/30", "1965年4月30日", "2017-07-06T16:00:00Z", "42923", "见备注"} {
		b.Run(in, func(b *testing.B) {
			cell := []byte(in)
			b.ReportAllocs()
			for b.Loop() {
				forms.read(cell)
			}
		})
	}
}

func BenchmarkCapital(b *testing.B) {
	step, err := registry["capital"].Compile(nil, nil, testEnv())
	if err != nil {
		b.Fatal(err)
	}
	no := &nulls{blank: schemas.Unknown}
	for _, in := range []string{"50", "5000(万元人民币)", "897.9000( 万人民币元)", "1,234.5(万元(港币))", "N/A"} {
		b.Run(in, func(b *testing.B) {
			var c Cell
			cell := []byte(in)
			b.ReportAllocs()
			for b.Loop() {
				c.run(cell, []Func{step}, no)
			}
		})
	}
}

func BenchmarkRowHash(b *testing.B) {
	p := personProgram(b, nil)
	row := personRow(p, typicalRow())
	joined := schemas.AppendCells(nil, row.Cells)
	b.ReportAllocs()
	for b.Loop() {
		RowHash(joined, row.Cells)
	}
}
