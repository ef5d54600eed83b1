package schemas

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// entityView is what analysts query: one row per key, typed columns, NULL where an item
// has no value, and no versions or gone rows.
func (b *Base) entityView() Object {
	exprs := []string{"key AS " + b.Key.Column}
	cols := []Col{{Name: b.Key.Column, Type: "String", Comment: b.Key.Title}}
	if b.Region != "" && b.Region != "region" && b.ItemIndex("region") < 0 {
		exprs = append(exprs, b.viewExpr(b.ItemIndex(b.Region))+" AS region")
		cols = append(cols, Col{Name: "region", Type: "Nullable(String)", Comment: "行政区划代码"})
	}
	for i := range b.Items {
		exprs = append(exprs, b.viewExpr(i)+" AS "+b.Items[i].Name)
		cols = append(cols, Col{Name: b.Items[i].Name, Type: b.Items[i].viewType(), Comment: b.Items[i].Title})
	}
	exprs = append(exprs, "length(conflict_item) AS conflicts", "version")
	cols = append(cols, Col{Name: "conflicts", Type: "UInt64", Comment: "分歧数"},
		Col{Name: "version", Type: "UInt64", Comment: "版本"})
	sql := fmt.Sprintf("SELECT\n  %s\nFROM %s.golden FINAL WHERE gone = 0", strings.Join(exprs, ",\n  "), b.Name)
	return view(b.Name, b.Entity, cols, sql, b.Title+"："+b.Description)
}

// viewType is the type of an item in the entity view.
func (it *Item) viewType() string {
	switch it.Type {
	case TypeDate:
		return "Nullable(Date32)"
	case TypeInteger:
		return "Nullable(Int64)"
	case TypeDecimal:
		return "Nullable(Decimal(18, 4))"
	default:
		return "Nullable(String)"
	}
}

// viewExpr converts the stored value of item i. Date32 holds 1900 to 2299 and clamps
// silently outside, so other dates, dates without a day and open ends are NULL there; the
// provenance view shows them as they are.
func (b *Base) viewExpr(i int) string {
	it := &b.Items[i]
	switch it.Type {
	case TypeDate:
		return fmt.Sprintf("if(golden.%[1]s %% 100 > 0 AND golden.%[1]s BETWEEN 19000101 AND 22991231, YYYYMMDDToDate32(golden.%[1]s), NULL)", it.Name)
	case TypeInteger, TypeDecimal:
		return fmt.Sprintf("if(substring(golden.states, %d, 1) = 'v', golden.%s, NULL)", i+1, it.Name)
	case TypeCode:
		return fmt.Sprintf("nullIf(CAST(golden.%s AS String), '')", it.Name)
	default:
		return fmt.Sprintf("nullIf(golden.%s, '')", it.Name)
	}
}

// TextExpr is, in SQL over claims or golden rows, the value of item i as FormatInt writes it; empty if
// it has none.
func (b *Base) TextExpr(i int) string {
	it := &b.Items[i]
	switch it.Type {
	case TypeDate:
		return fmt.Sprintf("if(%[1]s = 0, '', if(%[1]s = 99991231, '长期', concat(substring(toString(%[1]s), 1, 4), "+
			"if(intDiv(%[1]s, 100) %% 100 = 0, '', concat('-', substring(toString(%[1]s), 5, 2))), "+
			"if(%[1]s %% 100 = 0, '', concat('-', substring(toString(%[1]s), 7, 2))))))", it.Name)
	case TypeInteger, TypeDecimal:
		return fmt.Sprintf("if(substring(states, %d, 1) = 'v', toString(%s), '')", i+1, it.Name)
	case TypeCode:
		return fmt.Sprintf("CAST(%s AS String)", it.Name)
	default:
		return it.Name
	}
}

func (b *Base) itemArrays() (names, titles, texts string) {
	n, t, x := make([]string, len(b.Items)), make([]string, len(b.Items)), make([]string, len(b.Items))
	for i := range b.Items {
		n[i], t[i], x[i] = Quote(b.Items[i].Name), Quote(b.Items[i].Title), b.TextExpr(i)
	}
	return "[" + strings.Join(n, ", ") + "]", "[" + strings.Join(t, ", ") + "]", "[" + strings.Join(x, ", ") + "]"
}

func whyArrays() (letters, names, titles string) {
	var l, n, t []string
	for _, w := range Whys() {
		l, n, t = append(l, Quote(string(rune(w)))), append(n, Quote(w.String())), append(t, Quote(w.Title()))
	}
	return "[" + strings.Join(l, ", ") + "]", "[" + strings.Join(n, ", ") + "]", "[" + strings.Join(t, ", ") + "]"
}

// provenanceView spells out, for each key and item, the value, who says so and why.
func (b *Base) provenanceView() Object {
	names, titles, texts := b.itemArrays()
	letters, whyNames, whyTitles := whyArrays()
	sql := fmt.Sprintf(`SELECT p.key AS %[1]s, p.item AS item, p.title AS title, p.value AS value,
  transform(p.state, ['v', 'n', 'u', 'w', 'x', '-'], ['value', 'none', 'unknown', 'withdrawn', 'void', 'silent'], '') AS state,
  if(p.origin = 0, '', p.winner_feed[p.origin]) AS feed,
  if(p.origin = 0, '', dictionary.department_title) AS department,
  if(p.origin = 0, 0, p.winner_delivery[p.origin]) AS delivery,
  if(p.origin = 0, 0, p.winner_position[p.origin]) AS position,
  transform(p.why, %[2]s, %[3]s, '') AS reason,
  transform(p.why, %[2]s, %[4]s, '') AS reason_title
FROM (
  SELECT key, winner_feed, winner_delivery, winner_position, item, title, value,
    substring(states, n, 1) AS state, substring(reasons, n, 1) AS why, reinterpretAsUInt8(substring(origins, n, 1)) AS origin
  FROM %[5]s.golden FINAL
  ARRAY JOIN %[6]s AS item, %[7]s AS title, %[8]s AS value, range(1, %[9]d) AS n
  WHERE gone = 0
) AS p
LEFT JOIN ops.feed AS dictionary ON dictionary.feed = p.winner_feed[p.origin]`,
		b.Key.Column, letters, whyNames, whyTitles, b.Name, names, titles, texts, len(b.Items)+1)
	return view(b.Name, b.Entity+"_provenance", nil, sql, b.Title+"：每个数据项的取值、来源与理由")
}

// conflictView lists who disagrees with the winner of which item.
func (b *Base) conflictView() Object {
	names, titles, texts := b.itemArrays()
	letters, whyNames, _ := whyArrays()
	sql := fmt.Sprintf(`SELECT c.key AS %[1]s, c.conflict_item AS item,
  transform(c.conflict_item, %[2]s, %[3]s, '') AS title,
  c.conflict_feed AS feed, says.department_title AS department, c.conflict_value AS value,
  transform(c.conflict_state, [118, 110, 119], ['value', 'none', 'withdrawn'], '') AS state, c.conflict_event AS event,
  c.conflict_delivery AS delivery, c.conflict_position AS position,
  c.texts[c.n] AS winner_value, if(c.origin = 0, '', c.winner_feed[c.origin]) AS winner_feed,
  transform(c.why, %[4]s, %[5]s, '') AS reason
FROM (
  SELECT key, conflict_item, conflict_feed, conflict_delivery, conflict_position, conflict_event, conflict_state, conflict_value,
    winner_feed, indexOf(%[2]s, conflict_item) AS n, %[6]s AS texts,
    substring(reasons, n, 1) AS why, reinterpretAsUInt8(substring(origins, n, 1)) AS origin
  FROM %[7]s.golden FINAL
  ARRAY JOIN conflict_item, conflict_feed, conflict_delivery, conflict_position, conflict_event, conflict_state, conflict_value
  WHERE gone = 0
) AS c
LEFT JOIN ops.feed AS says ON says.feed = c.conflict_feed`,
		b.Key.Column, names, titles, letters, whyNames, texts, b.Name)
	return view(b.Name, "conflict", nil, sql, b.Title+"：部门之间的分歧")
}

// historyView lists every published version once, with the time at which it became known.
func (b *Base) historyView() Object {
	var cols []string // By name: a view keeps the columns that a star had when it was made.
	for _, c := range b.GoldenColumns() {
		if c.Name != "key_hash" && c.Name != "key" {
			cols = append(cols, "h."+c.Name)
		}
	}
	sql := fmt.Sprintf(`SELECT h.key AS %[1]s, r.at AS known_from, r.day AS day, %[3]s
FROM (SELECT * FROM %[2]s.history_rows ORDER BY key, version, run LIMIT 1 BY key, version) AS h
LEFT JOIN (SELECT run, min(at) AS at, any(day) AS day FROM ops.run_event GROUP BY run) AS r ON r.run = h.run`,
		b.Key.Column, b.Name, strings.Join(cols, ", "))
	return view(b.Name, "history", nil, sql, b.Title+"：历次发布的版本（何时得知、取自何处）")
}

// view is a view whose comment ends with a digest of the definition, by which one that is there
// already is known.
func view(db, name string, cols []Col, sql, comment string) Object {
	var sb strings.Builder
	fmt.Fprintf(&sb, "CREATE OR REPLACE VIEW %s.%s", db, name)
	if len(cols) > 0 {
		defs := make([]string, len(cols))
		for i, c := range cols {
			defs[i] = "  " + c.Define()
		}
		sb.WriteString(" (\n" + strings.Join(defs, ",\n") + "\n)")
	}
	fmt.Fprintf(&sb, " AS %s COMMENT ", sql)
	comment = fmt.Sprintf("%s（定义 %.4x）", comment, sha256.Sum256([]byte(sb.String()+comment)))
	return Object{Database: db, Name: name, Comment: comment, Create: sb.String() + Quote(comment)}
}

// FindingView is quality.finding: the row findings of claims in force, the entity findings
// of golden rows, the findings across entities and those of deliveries as a whole, one row
// a finding.
func FindingView(bases []*Base) Object {
	const split = `splitByChar(':', %[2]s)[1] AS code, splitByChar(':', %[2]s)[2] AS item, arrayStringConcat(arraySlice(splitByChar(':', %[2]s), 3), ':') AS detail`
	var parts []string
	for _, b := range bases {
		parts = append(parts, fmt.Sprintf(`SELECT 'row' AS depth, %[1]s AS base, key, feed, delivery, position, `+split+`
FROM (SELECT DISTINCT key, feed, delivery, position, arrayJoin(failed) AS f FROM claim.%[3]s
  WHERE notEmpty(failed) AND delivery IN (SELECT delivery FROM ops.delivery WHERE in_force))`, Quote(b.Name), "f", b.Name))
		parts = append(parts, fmt.Sprintf(`SELECT 'entity' AS depth, %[1]s AS base, key, '' AS feed, toUInt64(0) AS delivery, toUInt64(0) AS position, `+split+`
FROM (SELECT key, arrayJoin(findings) AS f FROM %[3]s.golden FINAL WHERE gone = 0 AND notEmpty(findings))`, Quote(b.Name), "f", b.Name))
	}
	parts = append(parts, `SELECT 'cross' AS depth, base, key, '' AS feed, toUInt64(0) AS delivery, toUInt64(0) AS position, rule AS code, item, detail
FROM quality.cross_finding FINAL`)
	parts = append(parts, `SELECT 'feed' AS depth, f.base AS base, '' AS key, o.feed AS feed, o.delivery AS delivery, toUInt64(0) AS position,
  'feed.duplicates' AS code, '' AS item, concat(toString(o.doubled), ' 行被同期同一主键的后一行取代') AS detail
FROM ops.delivery AS o LEFT JOIN ops.feed AS f ON f.feed = o.feed WHERE o.in_force AND o.doubled > 0`)
	sql := `SELECT u.depth AS depth, u.base AS base, u.key AS key, u.feed AS feed, d.department_title AS department, u.code AS code, r.title AS title,
  r.severity AS severity, u.item AS item, u.detail AS detail, u.delivery AS delivery, u.position AS position
FROM (
` + strings.Join(parts, "\nUNION ALL\n") + `
) AS u
LEFT JOIN (SELECT * FROM quality.reason FINAL) AS r ON r.code = u.code
LEFT JOIN ops.feed AS d ON d.feed = u.feed`
	return view("quality", "finding", nil, sql, "问题：行、实体、跨库与报送四层")
}
