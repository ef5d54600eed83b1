package schemas

import (
	"fmt"
	"strings"
)

// linkCols are the columns of golden rows that a base has for its links.
func (b *Base) linkCols() []Col {
	if len(b.Links) == 0 {
		return nil
	}
	return []Col{
		{Name: "alias", Type: "Array(String)", Comment: "登记的其他号码（种类:号码）"},
		{Name: "alias_from", Type: "Array(UInt32)", Comment: "其起始日 yyyymmdd"},
		{Name: "alias_until", Type: "Array(UInt32)", Comment: "其截止日，0 为长期"},
		{Name: "alias_feed", Type: "Array(LowCardinality(String))", Comment: "登记该号码的数源"},
		{Name: "alias_delivery", Type: "Array(UInt64)", Comment: "其报送"},
		{Name: "alias_position", Type: "Array(UInt64)", Comment: "其位置"},
		{Name: "alias_disputed", Type: "Array(UInt8)", Comment: "1 表示以该号码报送的主张未归入本行"},
		{Name: "linked", Type: "String", Comment: "该号码的主张所归入的主键，空为未归入"},
		{Name: "waiting", Type: "UInt8", Comment: "待归的原因：u 未关联 d 有争议 c 成环 i 未赋此码"},
		{Name: "waiting_feed", Type: "Array(LowCardinality(String))", Comment: "待归主张的数源"},
		{Name: "waiting_delivery", Type: "Array(UInt64)", Comment: "其报送"},
		{Name: "waiting_position", Type: "Array(UInt64)", Comment: "其位置"},
	}
}

// Linked selects the newest rows of a base that a condition holds for, gone ones too.
func (b *Base) Linked(columns, where string) string {
	return fmt.Sprintf("SELECT %s FROM (SELECT * FROM %[2]s.golden WHERE key_hash IN (SELECT key_hash FROM %[2]s.golden WHERE %[3]s) ORDER BY version DESC LIMIT 1 BY key_hash, key) AS newest WHERE %[3]s",
		columns, b.Name, where)
}

// linkViews are alias, link_conflict and orphan.
func (b *Base) linkViews() []Object {
	if len(b.Links) == 0 {
		return nil
	}
	return []Object{b.aliasView(), b.linkConflictView(), b.orphanView()}
}

// kindExprs part a key into kind, name of the kind, and value.
func (b *Base) kindExprs(key string) (kind, title, value string) {
	var kinds, titles []string
	for _, k := range b.KeyKinds() {
		kinds, titles = append(kinds, Quote(k)), append(titles, Quote(b.KindTitle(k)))
	}
	others := "[" + strings.Join(kinds[1:], ", ") + "]"
	kind = fmt.Sprintf("if(has(%s, substringIndex(%s, ':', 1)), substringIndex(%[2]s, ':', 1), %[3]s)", others, key, kinds[0])
	if len(kinds) == 1 {
		return kinds[0], titles[0], key
	}
	title = fmt.Sprintf("transform(%s, [%s], [%s], '')", kind, strings.Join(kinds, ", "), strings.Join(titles, ", "))
	value = fmt.Sprintf("if(%s = %s, %s, substring(%[3]s, length(%[1]s) + 2))", kind, kinds[0], key)
	return kind, title, value
}

// aliasView lists the other numbers of entities. A number that is stated of two entities, or
// whose claims are in another row, is disputed and links nothing.
func (b *Base) aliasView() Object {
	kind, title, value := b.kindExprs("a.alias")
	sql := fmt.Sprintf(`SELECT %s AS kind, %s AS title, %s AS alias, a.key AS %s, a.alias_from AS valid_from,
  if(a.alias_until IN (0, 99991231), NULL, a.alias_until) AS valid_until,
  if(a.alias_disputed = 1 OR a.entities > 1, 'disputed', 'linked') AS state,
  a.alias_feed AS feed, says.department_title AS department, a.alias_delivery AS delivery, a.alias_position AS position
FROM (
  SELECT key, alias, alias_from, alias_until, alias_feed, alias_delivery, alias_position, alias_disputed,
    count() OVER (PARTITION BY alias) AS entities
  FROM %s.golden FINAL
  ARRAY JOIN alias, alias_from, alias_until, alias_feed, alias_delivery, alias_position, alias_disputed
  WHERE gone = 0
) AS a
LEFT JOIN ops.feed AS says ON says.feed = a.alias_feed`, kind, title, value, b.Key.Column, b.Name)
	return view(b.Name, "alias", nil, sql, b.Title+"：主体的其他号码及其来源")
}

// linkConflictView lists the disputed numbers with all entities that they are stated of.
func (b *Base) linkConflictView() Object {
	sql := fmt.Sprintf(`SELECT kind, any(a.title) AS title, alias, arraySort(groupUniqArray(a.%[1]s)) AS %[1]s, arraySort(groupUniqArray(a.feed)) AS feeds
FROM %[2]s.alias AS a WHERE a.state = 'disputed' GROUP BY kind, alias`, b.Key.Column, b.Name)
	return view(b.Name, "link_conflict", nil, sql, b.Title+"：一个号码对应多个主体的争议")
}

// orphanView lists the claims that wait for their entity.
func (b *Base) orphanView() Object {
	kind, title, value := b.kindExprs("o.key")
	var codes, names, titles []string
	for _, w := range LinkWhys() {
		codes, names, titles = append(codes, fmt.Sprint(byte(w))), append(names, Quote(w.String())), append(titles, Quote(w.Title()))
	}
	why := func(of []string) string {
		return fmt.Sprintf("transform(o.waiting, [%s], [%s], '')", strings.Join(codes, ", "), strings.Join(of, ", "))
	}
	sql := fmt.Sprintf(`SELECT %s AS kind, %s AS title, %s AS value, o.waiting_feed AS feed, says.department_title AS department,
  o.waiting_delivery AS delivery, o.waiting_position AS position, %s AS reason, %s AS reason_title
FROM (
  SELECT key, waiting, waiting_feed, waiting_delivery, waiting_position FROM (%s)
  ARRAY JOIN waiting_feed, waiting_delivery, waiting_position
) AS o
LEFT JOIN ops.feed AS says ON says.feed = o.waiting_feed`, kind, title, value, why(names), why(titles), b.Linked("*", "waiting > 0"))
	return view(b.Name, "orphan", nil, sql, b.Title+"：待归的主张及其原因")
}
