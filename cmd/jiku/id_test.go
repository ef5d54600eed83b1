package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// idCommand runs jiku id with a standard input.
func idRun(t *testing.T, input string, args ...string) (out string, code int) {
	t.Helper()
	t.Setenv("JIKU_CATALOG", "")
	var outs, errs bytes.Buffer
	line := append(append([]string{"id"}, args...), "--date", "2026-11-01", "--log-level", "debug")
	code = run(context.Background(), line, streams{in: strings.NewReader(input), out: &outs, err: &errs})
	for _, digits := range []string{"19650430", "MA39X0", "11008108"} {
		if strings.Contains(errs.String(), digits) {
			t.Errorf("standard error shows a value: %s", errs.String())
		}
	}
	return outs.String(), code
}

// told is an explanation in short: kind, verdict, normalized form, parts, notes.
func told(t *testing.T, value string, args ...string) string {
	t.Helper()
	out, code := idRun(t, value+"\n", append([]string{"--json"}, args...)...)
	var id identity
	if err := json.Unmarshal([]byte(out), &id); err != nil || code != exitDone || id.Input != value {
		t.Fatalf("exit code %d, %v: %s", code, err, out)
	}
	words := []string{id.Kind}
	if id.Valid {
		words = append(words, id.Normalized)
	} else {
		words = append(words, "!"+id.Reason)
	}
	for _, p := range id.Parts {
		words = append(words, p.Name+"="+p.Value)
	}
	for _, c := range id.Candidates {
		words = append(words, c.Kind+"?")
	}
	for _, c := range id.Repaired {
		words = append(words, "~"+c.Value)
	}
	return strings.Join(append(words, id.Notes...), "|")
}

func TestIDExplains(t *testing.T) {
	for _, c := range []struct {
		name, value string
		args        []string
		want        string
	}{
		{"resident", "390101196504300012", nil, "resident_id|390101196504300012|region=390101 示例省示例市东城湖区|birth_date=1965-04-30|sex=男"},
		{"abolished county", "110224196504300010", nil, "resident_id|110224196504300010|region=110224 北京市大兴县（今 110115 北京市大兴区）|birth_date=1965-04-30|sex=男"},
		{"forced", "390101650430001", []string{"--kind", "resident_id"}, "resident_id|390101196504300012|region=390101 示例省示例市东城湖区|birth_date=1965-04-30|sex=男|15 位号码已升为 18 位，15 位没有校验码，无法核对"},
		{"ambiguous", "390101650430001", nil, "|!ambiguous|resident_id?|reg_no?"},
		{"unlisted county", "390199196504300018", nil, "resident_id|390199196504300018|region=390199（区划表中没有）|birth_date=1965-04-30|sex=男|地址码不在历年区划表中"},
		{"born tomorrow", "390101202611020014", nil, "resident_id|!date|region=390101 示例省示例市东城湖区|birth_date=2026-11-02|sex=男|出生日期在今天以后"},
		{"Hong Kong", "810000199408230021", nil, "resident_id|810000199408230021|holder=港澳居民居住证（香港）|birth_date=1994-08-23|sex=女"},
		{"foreigner", "939840198505200014", nil, "resident_id|939840198505200014|holder=外国人永久居留身份证|province=390000 示例省|country=840 美国|birth_date=1985-05-20|sex=男"},
		{"old card", "can110081080310", nil, "permit_id|CAN110081080310|country=CAN 加拿大|region=110000 北京市|birth_date=1981-08-03|书写不规范，已规范"},
		{"credit code", "91390100MA39X0A12F", nil, "uscc|91390100MA39X0A12F|department=9 市场监管|category=91 企业|region=390100 示例省示例市|org_code=MA39X0A12"},
		{"registrar of its own", "91440101MA39X0A120", nil, "uscc|91440101MA39X0A120|department=9 市场监管|category=91 企业|region=440101（登记机关或开发区，位于 440100 广东省广州市）|org_code=MA39X0A12"},
		{"national registrar", "91100000MA39X0A12P", nil, "uscc|91100000MA39X0A12P|department=9 市场监管|category=91 企业|region=100000 国家登记机关|org_code=MA39X0A12"},
		{"temporary taxpayer", "L91390100MA39X0A12F", nil, "tax_no|L91390100MA39X0A12F|form=临时纳税人：L 加统一社会信用代码|uscc=91390100MA39X0A12F|" +
			"department=9 市场监管|category=91 企业|region=390100 示例省示例市|org_code=MA39X0A12"},
		{"inner check", "91390100MA39X0A13J", nil, "uscc|91390100MA39X0A13J|department=9 市场监管|category=91 企业|region=390100 示例省示例市|org_code=MA39X0A13|其中的组织机构代码校验不符，登记机关发出过这样的代码"},
		{"misread", "9139O1OOMA39XOA12F", nil, "|!unrecognized|~91390100MA39X0A12F"},
		{"misread, forced", "9139O1OOMA39XOA12F", []string{"--kind", "uscc"}, "uscc|!character|~91390100MA39X0A12F"},
		{"check character", "91390100MA39X0A12E", nil, "|!checksum"},
		{"organization code", "13338000", []string{"--kind", "org_code"}, "org_code|!leading_zero|~013338000"},
		{"registration", "390100110000011", nil, "reg_no|390100110000011|region=390100 示例省示例市|capital=内资：国有独资、法人独资、国有控股公司|form=法人|company=有限责任公司"},
		{"old registration", "3901001000013", nil, "old_reg_no|3901001000013|region=390100 示例省示例市|entity=1|sequence=000013|旧注册号没有校验码，无法核对"},
		{"tax number", "390100123456788", nil, "tax_no|390100123456788|form=单位旧税号：区划加组织机构代码|region=390100 示例省示例市|org_code=123456788"},
		{"certificate", "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9", nil, "certificate_id|1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9|" +
			"type=11100000MB03271699022|definer=11100000MB03271699|issuer=340100|serial=000000016|version=1"},
		{"disability", "39010119650430001242B1", nil, "disability_certificate|39010119650430001242B1|person=390101196504300012|type=4 肢体|degree=2 级|reissues=1|" +
			"region=390101 示例省示例市东城湖区|birth_date=1965-04-30|sex=男"},
		{"real estate", "390101001001GB00001F00010001", nil, "real_estate_unit|390101001001GB00001F00010001|region=390101 示例省示例市东城湖区|district=001|subdistrict=001|parcel=GB 00001|fixture=F 房屋|unit=00010001"},
		{"permit", "H3901012801", nil, "hk_macau_permit|H3901012801|person=H39010128|没有校验码，只核对了格式"},
		{"filler", "111111111111111111", nil, "|!filler"},
		{"masked", "390101********0012", nil, "|!masked"},
		{"no province", "400101" + "19650430001X", []string{"--kind", "resident_id"}, "resident_id|!region|region=400101（区划表中没有）|birth_date=1965-04-30|sex=男"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, told(t, c.value, c.args...)); diff != "" {
				t.Errorf("explanation (-want +got):\n%s", diff)
			}
		})
	}
}

func TestIDForms(t *testing.T) {
	values := []string{"390101196504300012", " 91390100ma39x0a12f", "111111"}
	out, code := idRun(t, "", values...)
	if code != exitDone || strings.Contains(out, "\x1b") || strings.Count(out, "\n\n") != 2 || !strings.Contains(out, "规范为  91390100MA39X0A12F") {
		t.Errorf("exit code %d:\n%s", code, out)
	}
	out, code = idRun(t, strings.Join(values, "\r\n"), "--strict")
	want := "390101196504300012\t公民身份号码\t有效\t390101196504300012\t首次登记地 390101 示例省示例市东城湖区；出生日期 1965-04-30；性别 男\n" +
		" 91390100ma39x0a12f\t统一社会信用代码\t有效\t91390100MA39X0A12F\t登记管理部门 9 市场监管；机构类别 91 企业；登记机关 390100 示例省示例市；组织机构代码 MA39X0A12；书写不规范，已规范\n" +
		"111111\t\t号码是占位或测试用的连号、同号\t\t\n"
	if diff := cmp.Diff(want, out); diff != "" || code != exitRejects {
		t.Errorf("exit code %d (-want +got):\n%s", code, diff)
	}
	var list []identity
	out, code = idRun(t, "", append(values, "--json")...)
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != 3 || code != exitDone {
		t.Errorf("exit code %d, %d answers, %v", code, len(list), err)
	}
	if _, code = idRun(t, values[0], "--strict"); code != exitDone {
		t.Errorf("exit code %d when all is valid", code)
	}
	if out, code = idRun(t, "\x1b[31m龘\a\n", "-"); code != exitDone || strings.Contains(out, "\x1b") || strings.Contains(out, "\a") {
		t.Errorf("exit code %d, control characters come through: %q", code, out)
	}
}

func TestIDFormsFile(t *testing.T) {
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good.tsv"), filepath.Join(dir, "bad.tsv")
	head := "kind\tpattern\tkey\tbasis\tnote\n"
	for name, text := range map[string]string{good: head + "birth_certificate\t390\\d{7}\t\tR\t\n", bad: head + "birth_certificate\t[\t\tR\t\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := told(t, "3901012885", "--forms", good, "--kind", "birth_certificate"); !strings.HasPrefix(got, "birth_certificate|3901012885") {
		t.Error(got)
	}
	for name, want := range map[string]int{bad: exitUsage, filepath.Join(dir, "none.tsv"): exitEnvironment} {
		if _, code := idRun(t, "", "x", "--forms", name); code != want {
			t.Errorf("%s: exit code %d, want %d", filepath.Base(name), code, want)
		}
	}
	if _, code := idRun(t, "", "x", "--kind", "usc"); code != exitUsage {
		t.Errorf("unknown kind: exit code %d", code)
	}
}

// endlessInput gives a line again and again, and one very long line among them.
type endlessInput struct{ lines, long int }

func (e *endlessInput) Read(p []byte) (int, error) {
	switch {
	case e.long > 0:
		n := min(len(p), e.long)
		for i := range p[:n] {
			p[i] = '3'
		}
		if e.long -= n; e.long == 0 {
			p[n-1] = '\n'
		}
		return n, nil
	case e.lines == 0:
		return 0, io.EOF
	}
	e.lines--
	return copy(p, "390101196504300012\n"), nil
}

// Memory does not grow with lines or with the length of a line.
func TestIDConstantMemory(t *testing.T) {
	a := newApp(streams{in: strings.NewReader(""), out: io.Discard, err: io.Discard})
	r, err := a.idReader(idOptions{date: "2026-11-01"})
	if err != nil {
		t.Fatal(err)
	}
	live := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := live()
	invalid, err := r.stream(context.Background(), &endlessInput{lines: 100_000, long: 64 << 20}, io.Discard, true)
	if after := live(); err != nil || invalid != 1 || after > before+4<<20 {
		t.Errorf("%d invalid, %v; %d bytes live before, %d after", invalid, err, before, after)
	}
	runtime.KeepAlive(r)
}

// A signal ends the reading, and what cannot be written is an error.
func TestIDStops(t *testing.T) {
	a := newApp(streams{in: strings.NewReader(""), out: io.Discard, err: io.Discard})
	r, err := a.idReader(idOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	stopped := errors.New("stopped")
	cancel(stopped)
	if _, err := r.stream(ctx, &endlessInput{lines: 10}, io.Discard, false); !errors.Is(err, stopped) {
		t.Errorf("a cancelled reading: %v", err)
	}
	if _, err := r.stream(context.Background(), &endlessInput{lines: 10_000}, closedPipe{}, false); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("a pipe that is closed: %v", err)
	}
}

type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
