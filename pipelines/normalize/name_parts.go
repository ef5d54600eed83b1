package normalize

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// surnames are the 130 commonest, of nine in ten persons. They only tell 张三、李四, two
// persons, from 阿依古丽、买买提, one whose dot was mistyped.
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭高郑何罗宋梁韩许谢唐曹冯叶蔡潘董于彭金邓蒋丁沈肖曾袁田魏杜余吕程苏任姜姚" +
	"汪崔卢陆范夏方石贾钟白谭熊付薛邹尹秦廖孟江侯戴顾邱钱段史毛闫邵万陶洪郝龚贺雷施严武汤常康章孔俞黎韦葛邢牛龙樊倪安文温齐乔傅向庄鲁殷易庞覃"

// compoundSurnames are surnames of two characters: a title after one leaves no name.
var compoundSurnames = []string{"欧阳", "上官", "司马", "诸葛", "司徒", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "东方", "宇文", "长孙", "轩辕", "端木", "独孤", "南宫"}

// nameTail marks the last bytes of 生, 士, 姐, 志, 等, 人, 名, 户: a name that ends in none of
// them has no title and no count behind it.
var nameTail = [256]bool{0x9F: true, 0xAB: true, 0x90: true, 0x97: true, 0x89: true, 0xBA: true, 0x8D: true, 0xB7: true}

// titles stand after a name and are no part of it.
var titles = []string{"先生", "女士", "小姐", "同志"}

// personTail cuts titles, and 等 with the count after it, from the end of a name.
func personTail(name []byte) (rest []byte, title, others bool) {
	for {
		cut, t, o := oneTail(name)
		if !t && !o {
			return name, title, others
		}
		name, title, others = cut, title || t, others || o
	}
}

func oneTail(name []byte) (rest []byte, title, others bool) {
	if len(name) == 0 || !nameTail[name[len(name)-1]] {
		return name, false, false
	}
	for _, t := range titles {
		if cut, ok := bytes.CutSuffix(name, []byte(t)); ok && wholeName(cut) {
			return cut, true, false
		}
	}
	cut := name
	for _, unit := range []string{"人", "名", "户"} {
		if b, ok := bytes.CutSuffix(cut, []byte(unit)); ok {
			cut = bytes.TrimRightFunc(b, func(r rune) bool {
				return strings.ContainsRune("0123456789０１２３４５６７８９一二三四五六七八九十两多", r)
			})
			break
		}
	}
	if cut, ok := bytes.CutSuffix(cut, []byte("等")); ok && wholeName(cut) {
		return cut, false, true
	}
	return name, false, false
}

// wholeName reports a Chinese name that has more than a surname.
func wholeName(b []byte) bool {
	first, _ := utf8.DecodeRune(b)
	last, _ := utf8.DecodeLastRune(b)
	if n := utf8.RuneCount(b); n < 2 || !han(first) || !han(last) {
		return false
	}
	for _, s := range compoundSurnames {
		if string(b) == s {
			return false
		}
	}
	return true
}

// severalPersons reports a cell with the names of several persons: the first two parts are
// Chinese names of usual length with usual surnames.
func severalPersons(b []byte) bool {
	for parts := range 2 {
		end, size := nextPart(b)
		if part := bytes.TrimFunc(b[:end], blank); !usualName(part) {
			return false
		}
		if size == 0 {
			return parts > 0
		}
		b = b[end+size:]
	}
	return true
}

// nextPart is the place and the size of the next sign between names; the end if there is none.
func nextPart(b []byte) (end, size int) {
	for i := 0; i < len(b); i += size {
		var r rune
		r, size = utf8.DecodeRune(b[i:])
		switch r {
		case '、', ',', '，', ';', '；', '/', '／':
			return i, size
		}
	}
	return len(b), 0
}

func usualName(b []byte) bool {
	n := 0
	for _, r := range string(b) {
		if blank(r) || invisible(r) || unicode.IsSpace(r) {
			continue
		}
		if n++; n > 4 || !han(r) || n == 1 && !strings.ContainsRune(surnames, r) {
			return false
		}
	}
	return n >= 2
}

// formerWords stand before a former name.
var formerWords = []string{"曾用名", "曾用名字", "原名", "又名", "曾名"}

// formerName finds the brackets of （曾用名：李四） at the end of a cell and the name in them;
// nil if there are none.
func formerName(b []byte) (brackets, name []byte) {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		closing := rune(0)
		switch r {
		case '(', '（', '﹙':
			closing = ')'
		case '[', '［', '【', '〔':
			closing = ']'
		}
		if closing != 0 {
			end, width := closedAt(b[i+size:], closing)
			if end >= 0 && i+size+end+width == len(b) {
				inner := bytes.TrimFunc(b[i+size:i+size+end], blank)
				for _, w := range formerWords {
					if rest, ok := bytes.CutPrefix(inner, []byte(w)); ok {
						return b[i : i+size+end+width], bytes.TrimFunc(rest, func(r rune) bool { return blank(r) || strings.ContainsRune(":：为是", r) })
					}
				}
			}
		}
		i += size
	}
	return nil, nil
}

// closedAt is the place and the size of the bracket that closes, -1 if there is none.
func closedAt(b []byte, closing rune) (at, size int) {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch r {
		case ')', '）', '﹚':
			if closing == ')' {
				return i, n
			}
		case ']', '］', '】', '〕':
			if closing == ']' {
				return i, n
			}
		}
		i += n
	}
	return -1, 0
}
