package schemas

import (
	"fmt"
	"strings"
)

// Object is a table or view of the warehouse.
type Object struct {
	Database string
	Name     string
	// Columns are the stored columns of a table; a view has none.
	Columns []Col
	// Comment is the comment of a view, which tells its definition from any other.
	Comment string
	// Create is the whole statement, with IF NOT EXISTS for tables and OR REPLACE for views.
	Create string
}

// Col is a column of a table: its name, its ClickHouse type and its comment in Chinese.
type Col struct {
	Name    string
	Type    string
	Comment string
	// Codec is an optional compression codec.
	Codec string
}

// FullName is database.name.
func (o Object) FullName() string { return o.Database + "." + o.Name }

// View reports whether the object stores nothing.
func (o Object) View() bool { return len(o.Columns) == 0 }

// ReservedColumns are the names that tables of claims and golden rows use themselves; an
// item cannot have them.
func ReservedColumns() []string {
	return []string{"bucket", "key_hash", "key", "feed", "delivery", "position", "event", "row_hash", "gone", "states",
		"failed", "version", "due", "reasons", "origins", "winner_feed", "winner_delivery", "winner_position",
		"conflict_item", "conflict_feed", "conflict_delivery", "conflict_position", "conflict_event", "conflict_state",
		"conflict_value", "findings", "run", "item", "value", "state", "reason",
		"alias", "alias_from", "alias_until", "alias_feed", "alias_delivery", "alias_position", "alias_disputed",
		"linked", "waiting", "waiting_feed", "waiting_delivery", "waiting_position"}
}

// durable makes an INSERT return only when its parts are on disk, so that a power cut takes
// nothing that was acknowledged. It costs 2.2 ms an INSERT (5.9 instead of 3.6 ms for an entry
// of the ledger). For a build of 520,000 claims with their golden rows, whose INSERTs are long,
// it is lost in the noise: 1.75 s with and 1.77 s without, runs from 1.5 to 2.0 s. That is a
// virtual disk, ext4 without a journal; BenchmarkFsync and BenchmarkFsyncEntry in
// connectors/clickhouse tell it for another one. Parts of a bulk load,
// about a million rows, are left as they are: merging them while a load runs costs as much
// as writing them (9 of 19 CPU-s for 5 million claims), and a range of key hashes is read as
// fast from twenty parts as from one.
const durable = "fsync_after_insert = 1, fsync_part_directory = 1, max_bytes_to_merge_at_max_space_in_pool = 50000000"

// aside is for tables that live as long as a run: nothing in them is merged, and parts are
// one file each, since every file is synced and then linked twice.
const aside = "fsync_after_insert = 1, fsync_part_directory = 1, max_bytes_to_merge_at_max_space_in_pool = 1, min_bytes_for_wide_part = 67108864"

// byDelivery spares the parts of other deliveries where those of a few are asked for: a part
// is what one INSERT wrote, and small ones alone are merged.
const byDelivery = "by_delivery delivery TYPE minmax GRANULARITY 1"

// ColumnType is the stored ClickHouse type of an item.
func (it *Item) ColumnType() string {
	switch it.Type {
	case TypeCode:
		return "LowCardinality(String)"
	case TypeDate:
		return "UInt32"
	case TypeInteger:
		return "Int64"
	case TypeDecimal:
		return "Decimal(18, 4)"
	default:
		return "String"
	}
}

func (b *Base) itemCols() []Col {
	out := make([]Col, len(b.Items))
	for i := range b.Items {
		out[i] = Col{Name: b.Items[i].Name, Type: b.Items[i].ColumnType(), Comment: b.Items[i].Title}
	}
	return out
}

// ClaimColumns are the columns of claim.<base> in the order in which blocks carry them.
func (b *Base) ClaimColumns() []Col {
	cols := []Col{
		{Name: "key_hash", Type: "UInt64", Comment: "主键的带密钥散列，最高 8 位为桶号"},
		{Name: "key", Type: "String", Comment: "报送的主键（已规范化）"},
		{Name: "feed", Type: "LowCardinality(String)", Comment: "数源"},
		{Name: "delivery", Type: "UInt64", Comment: "报送编号，见 ops.delivery"},
		{Name: "position", Type: "UInt64", Comment: "在报送中的位置（解压后的字节偏移或行号）"},
		{Name: "event", Type: "UInt64", Comment: "业务时间 yyyymmddhhmmss"},
		{Name: "row_hash", Type: "UInt64", Comment: "原始行的散列，用于快照比对"},
		{Name: "gone", Type: "UInt8", Comment: "1 表示撤回该主键"},
		{Name: "states", Type: "String", Comment: "各数据项状态，每项一字节：v 有值 n 无 u 不详 w 撤回 x 无效 - 未提供"},
		{Name: "failed", Type: "Array(LowCardinality(String))", Comment: "问题：代码:数据项:说明"},
	}
	return append(cols, b.itemCols()...)
}

// GoldenColumns are the columns of <base>.golden in the order in which blocks carry them.
func (b *Base) GoldenColumns() []Col {
	cols := []Col{
		{Name: "key_hash", Type: "UInt64", Comment: "主键的带密钥散列"},
		{Name: "key", Type: "String", Comment: b.Key.Title},
		{Name: "version", Type: "UInt64", Comment: "版本：规章序号、事实数、日期"},
		{Name: "gone", Type: "UInt8", Comment: "1 表示已无确立来源"},
		{Name: "due", Type: "UInt32", Comment: "结果将自行变化的下一天，0 表示不会"},
		{Name: "states", Type: "String", Comment: "各数据项状态，每项一字节"},
		{Name: "reasons", Type: "String", Comment: "各数据项取值理由，每项一字节"},
		{Name: "origins", Type: "String", Comment: "各数据项来源，每项一字节：winner 数组的序号，0 表示无"},
		{Name: "winner_feed", Type: "Array(LowCardinality(String))", Comment: "被采信的数源"},
		{Name: "winner_delivery", Type: "Array(UInt64)", Comment: "被采信的报送"},
		{Name: "winner_position", Type: "Array(UInt64)", Comment: "被采信的位置"},
		{Name: "conflict_item", Type: "Array(LowCardinality(String))", Comment: "有分歧的数据项"},
		{Name: "conflict_feed", Type: "Array(LowCardinality(String))", Comment: "持不同意见的数源"},
		{Name: "conflict_delivery", Type: "Array(UInt64)", Comment: "其报送"},
		{Name: "conflict_position", Type: "Array(UInt64)", Comment: "其位置"},
		{Name: "conflict_event", Type: "Array(UInt64)", Comment: "其业务时间"},
		{Name: "conflict_state", Type: "Array(UInt8)", Comment: "其状态"},
		{Name: "conflict_value", Type: "Array(String)", Comment: "其所报值"},
		{Name: "findings", Type: "Array(LowCardinality(String))", Comment: "实体问题：代码:数据项:说明"},
	}
	cols = append(cols, b.linkCols()...)
	cols = append(cols, Col{Name: "run", Type: "LowCardinality(String)", Comment: "发布批次"})
	return append(cols, b.itemCols()...)
}

// Objects lists the tables and views of a base in the order in which they are made.
func (b *Base) Objects() []Object {
	claim := table("claim."+b.Name, b.Title+"：各部门主张", b.ClaimColumns(), storage{engine: "MergeTree", order: "key_hash", settings: durable, index: byDelivery})
	staged := table("claim."+b.Name+"_staged", b.Title+"：待比对的快照行", b.ClaimColumns(), storage{engine: "MergeTree", order: "key_hash", partition: "delivery", settings: durable})
	golden := table(b.Name+".golden", b.Title+"：金记录各版本", b.GoldenColumns(), storage{engine: "ReplacingMergeTree(version, gone)", order: "(key_hash, key)"})
	history := table(b.Name+".history_rows", b.Title+"：历次发布的版本", b.GoldenColumns(), storage{engine: "MergeTree", order: "(key_hash, key)", settings: durable})
	out := []Object{claim, staged, golden, history, b.entityView(), b.provenanceView(), b.conflictView(), b.historyView()}
	return append(out, b.linkViews()...)
}

// StageObject is the table aside that golden rows of one run are written to.
func (b *Base) StageObject(run string) Object {
	return table(b.Name+".stage_"+run, "发布前的暂存", b.GoldenColumns(), storage{engine: "MergeTree", order: "(key_hash, key)", settings: aside})
}

// storage says how a table keeps its rows.
type storage struct{ engine, partition, order, settings, index string }

// table is a table by its full name, database.name.
func table(fullName, comment string, cols []Col, s storage) Object {
	defs := make([]string, 0, len(cols)+1)
	for _, c := range cols {
		defs = append(defs, "  "+c.Define())
	}
	if s.index != "" {
		defs = append(defs, "  INDEX "+s.index)
	}
	sql := fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s (\n%s\n) ENGINE = %s", fullName, strings.Join(defs, ",\n"), s.engine)
	if s.partition != "" {
		sql += " PARTITION BY " + s.partition
	}
	sql += " ORDER BY " + s.order
	if s.settings != "" {
		sql += " SETTINGS " + s.settings
	}
	db, name, _ := strings.Cut(fullName, ".")
	return Object{Database: db, Name: name, Columns: cols, Create: sql + " COMMENT " + Quote(comment)}
}

// Define is the column's definition as it stands in CREATE and ALTER statements.
func (c Col) Define() string {
	out := c.Name + " " + c.Type
	if c.Comment != "" {
		out += " COMMENT " + Quote(c.Comment)
	}
	if c.Codec != "" {
		out += " CODEC(" + c.Codec + ")"
	}
	return out
}

// Quote is s as a ClickHouse string literal. It is for words of declarations; values of
// rows never become literals.
func Quote(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}
