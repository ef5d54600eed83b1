package quality

import (
	"unicode/utf8"

	"jiku/schemas"
	"jiku/schemas/charset"
)

func init() {
	Register(Rule{
		Name: "name.characters", Title: "姓名用字完整", Depth: Row, Dimension: "0302", Weight: 1,
		Doc: "姓名和名称中不应有转码丢失的字（锟斤拷、�）、按错误编码读成的乱码（鑻忓窞、Ã¥，不自动还原）、占位符（? □）、专用区字符（U+E000 起，多为生僻字的厂商造字）、" +
			"拆写的生僻字如（王+争）、数字或说明文字。字已丢失的值无效；其余保留并记问题。汉字、间隔号 · 与字母都可以。",
		Items: []Param{{Name: "item", Title: "姓名或名称", Types: []schemas.Type{schemas.TypeText}}},
		Args:  []Param{{Name: "organization", Title: "true 表示机构名称，允许数字与括号"}},
		Reasons: []schemas.ReasonInfo{
			{Code: "name.lost", Severity: schemas.ItemError, Dimension: "0302", Title: "名称中有转码时丢失的字", Advice: "请按 GB 18030 或 UTF-8 重新导出后报送。"},
			{Code: "name.mojibake", Severity: schemas.Warning, Dimension: "0302", Title: "名称疑为乱码：报送前被按错误的编码读过一次", Advice: "请检查导出链路的编码，重新导出；确认来自同一错误的，可由大数据中心在数源声明中用 mojibake 还原。"},
			{Code: "name.placeholder", Severity: schemas.Warning, Dimension: "0302", Title: "名称中有占位符", Advice: "请补录该字；系统录不进的生僻字请按 GB 18030-2022 编码报送。"},
			{Code: "name.private_use", Severity: schemas.Warning, Dimension: "0302", Title: "名称中有专用区字符（造字）", Advice: "请改用 GB 18030-2022 的正式编码；造字在其他系统中显示不出。"},
			{Code: "name.spelled", Severity: schemas.Warning, Dimension: "0302", Title: "姓名中有数字、括号或拆写的字", Advice: "姓名栏只写姓名；生僻字按正式编码录入，说明写入备注。"},
		},
		Examples: []Example{
			{Name: "plain", Values: Values{"item": "试验"}},
			{Name: "minority name with dot", Values: Values{"item": "阿卜杜拉·试验"}},
			{Name: "rare character beyond the basic plane", Values: Values{"item": "试𬱖"}},
			{Name: "letters", Values: Values{"item": "SHIYAN TEST"}},
			{Name: "mojibake", Values: Values{"item": "试锟斤拷"}, Want: []string{"name.lost:item:"}},
			{Name: "character of the mojibake alone", Values: Values{"item": "试锟"}},
			{Name: "UTF-8 read as GBK", Values: Values{"item": "鑻忓窞"}, Want: []string{"name.mojibake:item:utf8_as_gb18030"}},
			{Name: "UTF-8 read as Latin-1", Values: Values{"item": "Ã¥sa"}, Want: []string{"name.mojibake:item:utf8_as_latin1"}},
			{Name: "replacement character", Values: Values{"item": "试\uFFFD"}, Want: []string{"name.lost:item:"}},
			{Name: "question mark", Values: Values{"item": "试?验"}, Want: []string{"name.placeholder:item:"}},
			{Name: "private use", Values: Values{"item": "试\uE863"}, Want: []string{"name.private_use:item:"}},
			{Name: "component spelling", Values: Values{"item": "试（王+争）"}, Want: []string{"name.spelled:item:"}},
			{Name: "organization with brackets and digits", Args: schemas.Settings{"organization": true}, Values: Values{"item": "试验（第2）有限公司"}},
		},
		CompileRow: compileNameCharacters,
	})
}

// The ways in which a character spoils a name, worst first.
const (
	charLost = iota
	charMojibake
	charPlaceholder
	charPrivate
	charSpelled
	charFine
)

func compileNameCharacters(u *Use) (RowCheck, error) {
	var args struct{ Organization bool }
	if err := u.Args(&args); err != nil {
		return nil, err
	}
	item := u.Items[0]
	reasons := [charFine]*schemas.ReasonInfo{u.Reason("name.lost"), u.Reason("name.mojibake"), u.Reason("name.placeholder"), u.Reason("name.private_use"), u.Reason("name.spelled")}
	return func(rec *schemas.Record, _ uint32) {
		if rec.States[item] != schemas.Valued {
			return
		}
		name := rec.Text[item]
		worst, way := worstCharacter(name, args.Organization), ""
		if worst != charLost {
			if way = charset.Trace(name); way != "" {
				worst = charMojibake
			}
		}
		if worst != charFine {
			rec.Fail(item, reasons[worst], way)
		}
	}, nil
}

func worstCharacter(name []byte, organization bool) int {
	worst := charFine
	if charset.Lost(name) {
		return charLost
	}
	for i := 0; i < len(name); {
		r, size := utf8.DecodeRune(name[i:])
		i += size
		worst = min(worst, classify(r, organization))
	}
	return worst
}

func classify(r rune, organization bool) int {
	switch {
	case r == utf8.RuneError:
		return charLost
	case r == '?', r == '？', r == '□', r == '■', r == '〓':
		return charPlaceholder
	case r >= 0xE000 && r <= 0xF8FF, r >= 0xF0000:
		return charPrivate
	case organization:
		return charFine
	case r >= '0' && r <= '9', r >= '０' && r <= '９', r == '(', r == ')', r == '（', r == '）', r == '+', r == '＋', r == '[', r == ']', r == '/':
		return charSpelled
	}
	return charFine
}
