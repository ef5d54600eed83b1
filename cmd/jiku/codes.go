package main

import (
	"bytes"
	"context"
	"strings"

	"github.com/spf13/cobra"

	"jiku/schemas/codes"
)

// tableView is a code table as `codes --json` prints it.
type tableView struct {
	Name     string      `json:"name"`
	Title    string      `json:"title"`
	Standard string      `json:"standard,omitempty"`
	Edition  string      `json:"edition,omitempty"`
	Source   string      `json:"source,omitempty"`
	Licence  string      `json:"licence,omitempty"`
	Own      bool        `json:"own"`
	Codes    int         `json:"codes"`
	Digest   string      `json:"digest"`
	Entries  []entryView `json:"entries,omitempty"`
}

// entryView is one code.
type entryView struct {
	Code     string   `json:"code"`
	Label    string   `json:"label"`
	Synonyms []string `json:"synonyms,omitempty"`
	Historic []string `json:"historic,omitempty"`
	Group    string   `json:"group,omitempty"`
	Next     []string `json:"next,omitempty"`
}

// wordView is what a table says of a word.
type wordView struct {
	Word  string   `json:"word"`
	How   string   `json:"how"`
	Code  string   `json:"code,omitempty"`
	Label string   `json:"label,omitempty"`
	Group string   `json:"group,omitempty"`
	Next  []string `json:"next,omitempty"`
	// Today is the division in force that an abolished region code, a registrar or a zone leads to.
	Today string `json:"today,omitempty"`
}

func (a *app) codesCommand() *cobra.Command {
	var asJSON bool
	cmd := verb{
		use: "codes [TABLE [WORD…]]", short: "Print the code tables, or look words up in one",
		long: `
Without an argument the tables are listed with their standards and editions; those that the
catalogue adds to are marked. A word is a code, a label, a synonym or a label of the past.
An abolished region code is shown with the division in force that it led to.`,
		example: "jiku codes\njiku codes ethnic\njiku codes ethnic 毛难族 汉\njiku codes region 110224 440101 --json",
		exits:   []int{exitDone, exitUsage, exitEnvironment},
		args:    cobra.ArbitraryArgs,
		complete: func(_ context.Context, args []string) []string {
			if len(args) > 0 {
				return nil
			}
			return codes.Names()
		},
		run: func(_ context.Context, args []string) error { return a.codes(args, asJSON) },
	}.command()
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (a *app) codes(args []string, asJSON bool) error {
	cat, err := a.load()
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return a.listTables(cat.Codes, asJSON)
	}
	t, err := cat.Codes.Table(args[0])
	if err != nil {
		return unknown("code table", args[0], cat.Codes.Names())
	}
	if len(args) > 1 {
		return a.lookUp(cat.Codes, t, args[1:], asJSON)
	}
	view := viewOf(cat.Codes, args[0], t)
	for e := range t.All() {
		view.Entries = append(view.Entries, entryView{e.Code, e.Label, e.Synonyms, e.Historic, e.Group, e.Next})
	}
	if asJSON {
		return writeJSON(a.out, view)
	}
	p := paletteFor(a.out)
	out := newTable("CODE", "LABEL", "SYNONYMS", "HISTORIC", "GROUP", "NEXT")
	for _, e := range view.Entries {
		out.add(e.Code, e.Label, strings.Join(e.Synonyms, "、"), strings.Join(e.Historic, "、"), e.Group, strings.Join(e.Next, "、"))
	}
	return out.write(a.out, p)
}

func viewOf(set *codes.Set, name string, t *codes.Table) tableView {
	h := t.Header()
	return tableView{Name: name, Title: h.Title, Standard: h.Standard, Edition: h.Edition, Source: h.Source, Licence: h.Licence,
		Own: set.Overlaid(name), Codes: t.Len(), Digest: set.Digest(name)}
}

func (a *app) listTables(set *codes.Set, asJSON bool) error {
	var views []tableView
	out := newTable("TABLE", "TITLE", "STANDARD", "EDITION", "CODES>", "CITY")
	for _, name := range set.Names() {
		t, err := set.Table(name)
		if err != nil {
			return err
		}
		v := viewOf(set, name, t)
		own := ""
		if v.Own {
			own = "有本市内容"
		}
		views = append(views, v)
		out.add(v.Name, v.Title, v.Standard, v.Edition, count(int64(v.Codes)), own)
	}
	if asJSON {
		return writeJSON(a.out, views)
	}
	return out.write(a.out, paletteFor(a.out))
}

// howTitle says in Chinese how a word names a code.
var howTitle = map[codes.Match]string{codes.NoCode: "不在表中", codes.SameCode: "代码", codes.Word: "名称", codes.HistoricWord: "旧名称或旧代码",
	codes.SharedWord: "多个代码同名"}

// moveTitle says in Chinese how a region code leads to a division in force.
var moveTitle = map[codes.RegionMove]string{codes.RegionMoved: "已撤销，换为", codes.RegionDivided: "已拆分或撤销，只能确定到", codes.RegionOffice: "登记机关或开发区，位于"}

func (a *app) lookUp(set *codes.Set, t *codes.Table, words []string, asJSON bool) error {
	views := make([]wordView, len(words))
	out := newTable("WORD", "HOW", "CODE", "LABEL", "GROUP", "NEXT", "TODAY")
	for i, w := range words {
		v := wordView{Word: w}
		text := askedCode(t, w)
		code, how := t.Find(text)
		v.How = howTitle[how]
		if e, ok := t.Entry(code); ok && how.Found() {
			v.Code, v.Label, v.Group, v.Next = e.Code, e.Label, e.Group, e.Next
		} else if t.Header().Name == "region" {
			if err := v.region(set, t, text); err != nil {
				return err
			}
		}
		views[i] = v
		out.add(v.Word, v.How, v.Code, v.Label, v.Group, strings.Join(v.Next, "、"), v.Today)
	}
	if asJSON {
		return writeJSON(a.out, views)
	}
	return out.write(a.out, paletteFor(a.out))
}

// askedCode is the word as feeds are read: without blanks around it, digits and letters in half width, and of the region
// codes of streets and villages the six digits of their county.
func askedCode(t *codes.Table, word string) []byte {
	text := []byte(strings.TrimSpace(word))
	if _, how := t.Find(text); how != codes.NoCode {
		return text
	}
	text = bytes.Map(narrow, text)
	if t.Header().Name != "region" {
		return text
	}
	if text = codes.County(text); len(text) == 4 { // A city whose own code is not in force, such as 1101.
		text = append(text, "00"...)
	}
	return text
}

// narrow is the half-width form of a full-width letter, digit or sign.
func narrow(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

// region says where a code leads that is not in force.
func (v *wordView) region(set *codes.Set, t *codes.Table, text []byte) error {
	history, err := set.Regions()
	if err != nil {
		return err
	}
	const latest = 9999
	current, how := history.Today(text, latest)
	if title := moveTitle[how]; title != "" {
		v.How, v.Today = title, current
		v.Label, _ = t.Label(current)
	}
	return nil
}
