package charset_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"jiku/schemas/charset"
)

// benchTexts are 4 MiB each in GB18030: rows as departments send them, Chinese alone, ASCII
// alone, and rare characters of four bytes in every name.
func benchTexts(b *testing.B) map[string][]byte {
	out := map[string][]byte{}
	for name, row := range map[string]func(i int) string{
		"csv": func(i int) string {
			return fmt.Sprintf("赵小%c,39010119650430%04d,1,1965-04-30,01,某省某市某区某某街道%d号,13900000000,2026-11-01,有效,390101,,B%d\n",
				'一'+i%5000, i%10000, i%500, i)
		},
		"chinese": func(i int) string {
			return fmt.Sprintf("某省某市某区某某街道办事处社区居民委员会%c", '一'+i%20000)
		},
		"ascii": func(i int) string {
			return fmt.Sprintf("39010119650430%04d,1965-04-30,13900000000,2026-11-01,B%d\n", i%10000, i)
		},
		"rare": func(i int) string { return fmt.Sprintf("赵𬱖%c,𫖯\n", '\U00020000'+rune(i%5000)) },
	} {
		var text []byte
		for i := 0; len(text) < 4<<20; i++ {
			text = append(text, row(i)...)
		}
		gb, bad := charset.AppendGB18030(nil, text)
		if bad >= 0 {
			b.Fatal(name, bad)
		}
		out[name] = gb
	}
	return out
}

var benchNames = []string{"csv", "chinese", "ascii", "rare"}

func BenchmarkGB18030(b *testing.B) {
	texts := benchTexts(b)
	for _, name := range benchNames {
		src := texts[name]
		b.Run(name, func(b *testing.B) {
			d := charset.NewDecoder(charset.GB18030)
			dst := make([]byte, 0, 3*len(src)+64)
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if _, bad := d.Append(dst, src); bad >= 0 {
					b.Fatal(bad)
				}
			}
		})
	}
}

// BenchmarkGB18030Rows decodes row by row, as sources do.
func BenchmarkGB18030Rows(b *testing.B) {
	rows := bytes.SplitAfter(benchTexts(b)["csv"], []byte("\n"))
	d := charset.NewDecoder(charset.GB18030)
	var dst []byte
	size := 0
	for _, r := range rows {
		size += len(r)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, r := range rows {
			dst, _ = d.Append(dst[:0], r)
		}
	}
}

// BenchmarkXText is what BenchmarkGB18030 is measured against.
func BenchmarkXText(b *testing.B) {
	texts := benchTexts(b)
	for _, name := range benchNames {
		src := texts[name]
		b.Run(name, func(b *testing.B) {
			d := simplifiedchinese.GB18030.NewDecoder()
			dst := make([]byte, 3*len(src)+64)
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				d.Reset()
				if _, _, err := d.Transform(dst, src, true); err != nil && err != transform.ErrShortSrc {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBase64 is a decoder of the standard library over the same bytes, for scale.
func BenchmarkBase64(b *testing.B) {
	src := []byte(base64.StdEncoding.EncodeToString(benchTexts(b)["csv"]))
	dst := make([]byte, len(src))
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if _, err := base64.StdEncoding.Decode(dst, src); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUTF16Reader(b *testing.B) {
	text, _ := charset.NewDecoder(charset.GB18030).Append(nil, benchTexts(b)["csv"])
	src := encodeUTF16(string(text), false)
	buf := make([]byte, 256<<10)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		r := charset.NewReader(bytes.NewReader(src), false, 0)
		for {
			if _, err := r.Read(buf); err != nil {
				break
			}
		}
	}
}

func BenchmarkEncodeGB18030(b *testing.B) {
	text, _ := charset.NewDecoder(charset.GB18030).Append(nil, benchTexts(b)["csv"])
	dst := make([]byte, 0, 2*len(text))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, bad := charset.AppendGB18030(dst, text); bad >= 0 {
			b.Fatal(bad)
		}
	}
}
