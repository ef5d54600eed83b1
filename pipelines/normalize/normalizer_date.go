package normalize

import (
	"fmt"
	"strconv"
	"time"

	"jiku/schemas"
)

var (
	reasonDateForm = &schemas.ReasonInfo{
		Code: "date.form", Severity: schemas.ItemError, Dimension: "0302",
		Title: "日期无法识别", Advice: "请按“2026-03-01”的格式报送日期。",
	}
	reasonDateCalendar = &schemas.ReasonInfo{
		Code: "date.calendar", Severity: schemas.ItemError, Dimension: "0302",
		Title: "日期在日历上不存在", Advice: "请核对年、月、日。",
	}
	reasonDateOpen = &schemas.ReasonInfo{
		Code: "date.open", Severity: schemas.ItemError, Dimension: "0302",
		Title: "该日期不能填“长期”或 9999-12-31", Advice: "请填写实际日期；没有的，请留空。",
	}
	reasonDateSerial = &schemas.ReasonInfo{
		Code: "date.serial", Severity: schemas.Fix, Dimension: "0302",
		Title: "日期以序号、秒数或毫秒数报送，已换算", Advice: "请将日期列设为文本格式后重新导出。",
	}
	reasonDateZone = &schemas.ReasonInfo{
		Code: "date.zone", Severity: schemas.Fix, Dimension: "0302",
		Title: "日期因时区差了一天，已按本市时间换算", Advice: "请按北京时间报送日期，不带时区。",
	}
	reasonDateCentury = &schemas.ReasonInfo{
		Code: "date.century", Severity: schemas.Fix, Dimension: "0302",
		Title: "年份只有两位，已按约定补全", Advice: "请用四位年份。",
	}
	reasonDateFiller = &schemas.ReasonInfo{
		Code: "date.filler", Severity: schemas.Fix, Dimension: "0201",
		Title: "日期是充数的（约定的占位日期），按不详计", Advice: "日期不详的，请留空或填写约定的“不详”。",
	}
)

// openWords say in words that there is no end.
var openWords = map[string]bool{"长期": true, "长期有效": true, "永久": true, "永久有效": true, "无限期": true, "无固定期限": true}

// momentArgs are the arguments that date and datetime share.
var momentArgs = []Arg{
	{"zone", `the zone of times that name none, such as "+00:00"; the city's if left out`},
	{"serial", "what a bare number counts: excel, excel1904, epoch (seconds) or epoch_ms; left out, only numbers that can be nothing else are taken for one"},
	{"pivot", `years of two digits from this one on are of the 20th century, those before of the 21st: "30"; left out, they are refused`},
}

func init() {
	Register(Spec{
		Name:  "date",
		Title: "日期",
		Doc: "Reads a date as written in feeds (GB/T 7408 and what departments make of it), a spreadsheet's day number, " +
			"or epoch seconds or milliseconds, and keeps its precision: a month is yyyymm00, a year yyyy0000. A time of " +
			"day is dropped, after a zone is brought to the city's. 9999-12-31, 9999-9-9, 2099-12-31 and 长期 mean open, " +
			"99991231. Forms that can be read in two ways, such as 7/7/2017 or 2017070708, are refused.",
		Gives: schemas.TypeDate,
		Args: append([]Arg{
			{"open", "false makes the item void where the date is an open end"},
			{"filler", "dates and words that mean unknown: [1900-01-01, \"00000000\"]"},
		}, momentArgs...),
		Examples: dateExamples,
		Reasons: []*schemas.ReasonInfo{reasonDateForm, reasonDateCalendar, reasonDateOpen, reasonDateSerial, reasonDateZone,
			reasonDateCentury, reasonDateFiller},
		Compile: compileDate,
	})
}

func compileDate(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
	set := struct {
		Open   bool     `yaml:"open"`
		Filler []string `yaml:"filler"`
		Zone   string   `yaml:"zone"`
		Serial string   `yaml:"serial"`
		Pivot  string   `yaml:"pivot"`
	}{Open: true}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	forms, err := compileForms(env.location(), set.Zone, set.Serial, set.Pivot)
	if err != nil {
		return nil, err
	}
	fillers, err := compileFillers(set.Filler, forms)
	if err != nil {
		return nil, err
	}
	return func(c *Cell) {
		if len(fillers.words) > 0 && fillers.words[string(c.Text)] {
			c.unknown(reasonDateFiller)
			return
		}
		day, _, plain := forms.plain(c.Text)
		shifted := false
		if !plain {
			m, ok := readCell(c, &forms)
			if !ok {
				return
			}
			day, shifted = m.day, m.shifted
		}
		switch {
		case day == openEnd && !set.Open:
			c.Fail(reasonDateOpen, "")
		case len(fillers.days) > 0 && fillers.days[day]:
			c.notes = c.notes[:0]
			c.unknown(reasonDateFiller)
		default:
			if shifted {
				c.Note(reasonDateZone, "")
			}
			c.Int = int64(day)
		}
	}, nil
}

// fillers are dates that mean unknown, and words that are no dates and mean it too.
type fillers struct {
	days  map[uint32]bool
	words map[string]bool
}

func compileFillers(list []string, forms momentForms) (fillers, error) {
	var f fillers
	for i, s := range list {
		word := string(trimCell([]byte(s)))
		if word == "" {
			return f, badArg(fmt.Sprintf("filler[%d]", i), "leave it out: a blank cell is unknown as it is", "read filler: it is blank")
		}
		if m, defect := forms.read([]byte(word)); defect == momentOK {
			if f.days == nil {
				f.days = map[uint32]bool{}
			}
			f.days[m.day] = true
			continue
		}
		if f.words == nil {
			f.words = map[string]bool{}
		}
		f.words[word] = true
	}
	return f, nil
}

// compileForms checks what a feed declares about its dates.
func compileForms(city *time.Location, zone, serial, pivot string) (momentForms, error) {
	f := plainForms(city)
	if zone != "" {
		r := momentReader{forms: &f}
		r.end = foldMoment(&r.text, []byte(zone))
		east, ok := r.offset()
		if !ok || r.left() > 0 {
			return f, badArg("zone", `write it as "+00:00" or "+08:00", in quotes`, "read zone %q: want an offset", zone)
		}
		f.zone = time.FixedZone(zone, east)
	}
	switch serial {
	case "", serialExcel, serialExcel1904, serialEpoch, serialEpochMS:
		f.serial = serial
	default:
		return f, badArg("serial", "one of excel, excel1904, epoch, epoch_ms", "read serial %q: there is no such count", serial)
	}
	if pivot != "" {
		n, err := strconv.Atoi(pivot)
		if err != nil || n < 0 || n > 99 || len(pivot) != 2 {
			return f, badArg("pivot", `write two digits in quotes: "30"`, "read pivot %q: want two digits", pivot)
		}
		f.pivot = n
	}
	return f, nil
}
