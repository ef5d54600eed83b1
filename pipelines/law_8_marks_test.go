package pipelines_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiku/pipelines"
	"jiku/schemas"
)

// marked are deliveries whose every personal value can be recognized, right and wrong ones
// of each kind. Those of the last three feeds cannot be trusted as a whole.
func marked() map[string]string {
	resident := "姓名,身份证号,民族,现住址,社区代码,婚姻,学历,电话,走访日期\n"
	rows := []string{
		`龘明甲,390101196504300012,汉族,示例市饕餮街1号,390102003001,离异,大专,13900007001,2026年10月9日`,
		`龘明乙,390101196504300020,龘族,示例市饕餮街2号,390199,龘婚,龘学,139000070,2026年13月9日`,
		`龘明丙9,390101196504300013,汉族,饕,390102003001,离异,大专,龘13900007003,2026年10月9日`,
		`龘明丁,390101********7004,汉族,示例市饕餮街4号,390102003001,离异,大专,13900007004,2026年10月9日`,
		`龘明戊,390101196504300039,汉族,示例市饕餮街5号,390102003001,离异,大专,13900007005,2026年10月9日,龘多列`,
		`"龘明己"龘,390101196504300047,汉族,示例市饕餮街6号,390102003001,离异,大专,13900007006,2026年10月9日`,
		"龘明庚\xff,390101196504300055,汉族,示例市饕餮街7号,390102003001,离异,大专,13900007007,2026年10月9日",
		`龘明甲,,汉族,示例市饕餮街8号,390102003001,离异,大专,13900007008,2026年10月9日`,
	}
	good := strings.Repeat(strings.Join(rows[:1], "\n")+"\n", 40)
	shop := "单位名称\t社会信用代码\t经营地址\t所在街道代码\t经营状态\t联系电话\t走访日期\n" +
		"龘记商行\t91390100MA39X0A12F\t示例市饕餮街9号\t390101001\t在营\t13900007009\t2026年10月9日\n" +
		"龘记商行\t91390100MA39X0A12G\t示例市饕餮街9号\t390101001\t在营\t13900007009\t2026年10月9日\n"
	return map[string]string{
		"street/resident_20261108.csv":    resident + strings.Join(rows, "\n") + "\n" + good,
		"street/resident_20261109.csv":    strings.Join(rows[:4], "\n") + "\n",
		"street/resident_20261110.csv":    resident + strings.Join(rows[2:], "\n") + "\n",
		"street/shop_20261108.tsv":        shop,
		"civil/marriage_20261108.csv.gz":  "龘明甲,390101196504300012,示例市饕餮街1号",
		"hr/employment_20261108.jsonl.gz": `{"龘明甲":"390101196504300012"}`,
	}
}

// registerMarked adds a marked person to the police's register, so that golden rows have
// marks too.
func registerMarked(t *testing.T, landing string) {
	t.Helper()
	path := filepath.Join(landing, "police/household_20261101.csv")
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string]string{"GMSFHM": "390101196504300012", "XM": "龘明甲", "XB": "1", "MZ": "01", "CSRQ": "19650430",
		"HJQH": "390101", "HJXZ": "示例市饕餮街1号", "RYZT": "0"}
	header, _, _ := strings.Cut(string(old), "\n")
	var row []string
	for name := range strings.SplitSeq(strings.TrimSpace(header), ",") {
		row = append(row, cells[name])
	}
	line, err := simplifiedchinese.GB18030.NewEncoder().String(strings.Join(row, ",") + "\r\n")
	if err != nil {
		t.Fatal(err)
	}
	files(t, landing, map[string]string{"police/household_20261101.csv": string(old) + line})
}

// marks are the values of marked that must appear nowhere, and more of each test.
var marks = []string{"龘", "饕", "39010119650430", "390101****", "1390000700", "91390100MA39X0A12"}

// leaks says which marks are in a text, and shows nothing of it but what surrounds the mark.
func leaks(t *testing.T, where, text string, keys map[string]bool) {
	t.Helper()
	for _, m := range marks {
		if i := strings.Index(text, m); i >= 0 {
			t.Errorf("%s shows %q in …%q…", where, m, text[max(0, i-80):min(len(text), i+60)])
		}
	}
	for k := range keys {
		if i := strings.Index(text, k); i >= 0 {
			t.Errorf("%s shows a key in …%q…", where, text[max(0, i-80):min(len(text), i+60)])
			return
		}
	}
}

// brokenTheme fails in the engine on the values of rows, whose message quotes one.
const brokenTheme = `
theme: broken
title: 出错的主题
description: 出错的主题
grain: 人
sensitivity: internal
inputs: [population.person]
tables:
  - name: numbers
    title: 姓名作数
    columns:
      - {name: n, title: 数}
    sql: |
      SELECT accurateCast(assumeNotNull(name), 'UInt32') AS n FROM population.person WHERE startsWith(hex(assumeNotNull(name)), 'E9BE98')
`

// withBrokenTheme is the built-in catalogue with a theme that fails.
func withBrokenTheme(t *testing.T) *schemas.Catalogue {
	t.Helper()
	files := fstest.MapFS{"themes/broken.yaml": &fstest.MapFile{Data: []byte(brokenTheme)}}
	err := fs.WalkDir(schemas.BuiltIn(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(schemas.BuiltIn(), path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	cat, err := pipelines.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return cat
}
