package schemas

// SharedObjects lists the tables and views that every warehouse has, whatever its bases:
// the raw rows, rejects and scores, and the logs of database ops.
func SharedObjects() []Object {
	return append([]Object{
		table("claim.raw", "原始行（合同约定的列）", rawCols(), storage{engine: "MergeTree", order: "(delivery, position)", settings: durable}),
		table("claim.raw_staged", "待比对快照的原始行", rawCols(), storage{engine: "MergeTree", order: "(delivery, position)", partition: "delivery", settings: durable}),
		table("quality.reject", "拒收行：原始字节与全部理由", RejectColumns(), storage{engine: "MergeTree", order: "(delivery, position)", settings: durable}),
		table("quality.cross_finding", "跨库问题", crossCols(), storage{engine: "ReplacingMergeTree(at)", order: "(rule, base, key, item)", partition: "rule"}),
		table("quality.score_rows", "评分及其依据", scoreCols(), storage{engine: "ReplacingMergeTree(at)", order: "(period, department, feed, item, dimension)"}),
		table("quality.tally", "已清点的计数：同样的主张与发布不再重复清点", tallyCols(), storage{engine: "ReplacingMergeTree(at)", order: "name"}),
		table("quality.reason", "问题代码说明", reasonCols(), storage{engine: "ReplacingMergeTree", order: "code"}),
	}, opsObjects()...)
}

func rawCols() []Col {
	return []Col{
		{Name: "delivery", Type: "UInt64", Comment: "报送编号"},
		{Name: "position", Type: "UInt64", Comment: "位置"},
		{Name: "cells", Type: "String", Comment: "原始单元格，以 U+001F 分隔（单元格内的 U+001F、U+001B 前加 U+001B），列名见 ops.delivery.columns", Codec: "ZSTD(1)"},
	}
}

// RejectColumns are the columns of quality.reject in the order in which blocks carry them.
func RejectColumns() []Col {
	return []Col{
		{Name: "delivery", Type: "UInt64", Comment: "报送编号"},
		{Name: "position", Type: "UInt64", Comment: "位置"},
		{Name: "feed", Type: "LowCardinality(String)", Comment: "数源"},
		{Name: "line", Type: "UInt64", Comment: "行号（自 1 起）"},
		{Name: "raw", Type: "String", Comment: "原始字节", Codec: "ZSTD(1)"},
		{Name: "reasons", Type: "Array(LowCardinality(String))", Comment: "全部理由：代码:数据项:说明"},
	}
}

func crossCols() []Col {
	return []Col{
		{Name: "rule", Type: "LowCardinality(String)", Comment: "规则"},
		{Name: "base", Type: "LowCardinality(String)", Comment: "基础库"},
		{Name: "key", Type: "String", Comment: "主键"},
		{Name: "item", Type: "LowCardinality(String)", Comment: "数据项"},
		{Name: "detail", Type: "String", Comment: "说明"},
		{Name: "run", Type: "LowCardinality(String)", Comment: "批次"},
		{Name: "at", Type: "DateTime64(6, 'UTC')", Comment: "记录时间"},
	}
}

func scoreCols() []Col {
	return []Col{
		{Name: "period", Type: "LowCardinality(String)", Comment: "考核期 yyyy-mm"},
		{Name: "department", Type: "LowCardinality(String)", Comment: "部门"},
		{Name: "feed", Type: "LowCardinality(String)", Comment: "数源，空为部门合计"},
		{Name: "item", Type: "LowCardinality(String)", Comment: "数据项，空为数源合计"},
		{Name: "dimension", Type: "LowCardinality(String)", Comment: "质量维度，空为总分"},
		{Name: "score", Type: "Float64", Comment: "得分 0–100"},
		{Name: "grade", Type: "LowCardinality(String)", Comment: "等级"},
		{Name: "rows", Type: "Int64", Comment: "参评行数"},
		{Name: "inputs", Type: "String", Comment: "冻结的依据（JSON）"},
		{Name: "ordinal", Type: "UInt16", Comment: "规章序号"},
		{Name: "run", Type: "LowCardinality(String)", Comment: "批次"},
		{Name: "at", Type: "DateTime64(6, 'UTC')", Comment: "记录时间"},
	}
}

func tallyCols() []Col {
	return []Col{
		{Name: "name", Type: "String", Comment: "清点的对象"},
		{Name: "value", Type: "String", Comment: "计数及其所依据的报送或批次（JSON）"},
		{Name: "run", Type: "LowCardinality(String)", Comment: "批次"},
		{Name: "at", Type: "DateTime64(6, 'UTC')", Comment: "记录时间"},
	}
}

func reasonCols() []Col {
	return []Col{
		{Name: "code", Type: "String", Comment: "代码"},
		{Name: "severity", Type: "LowCardinality(String)", Comment: "级别"},
		{Name: "dimension", Type: "LowCardinality(String)", Comment: "GB/T 36344 指标"},
		{Name: "title", Type: "String", Comment: "说明"},
		{Name: "advice", Type: "String", Comment: "建议"},
	}
}

func opsObjects() []Object {
	text := func(name, comment string) Col {
		return Col{Name: name, Type: "LowCardinality(String)", Comment: comment}
	}
	at := Col{Name: "at", Type: "DateTime64(6, 'UTC')", Comment: "记录时间"}
	receipt := []Col{
		{Name: "delivery", Type: "UInt64", Comment: "报送编号"}, text("feed", "数源"),
		{Name: "slot_date", Type: "UInt32", Comment: "期次日期"}, {Name: "slot_seq", Type: "UInt32", Comment: "期次序号"},
		{Name: "revision", Type: "UInt32", Comment: "修订次数"}, {Name: "location", Type: "String", Comment: "存放位置"},
		{Name: "name", Type: "String", Comment: "文件名"}, {Name: "bytes", Type: "Int64", Comment: "字节数"},
		{Name: "digest", Type: "String", Comment: "SHA-256"}, {Name: "stamp", Type: "String", Comment: "文件系统标记，未变则内容未变"}, {Name: "received", Type: "DateTime64(6, 'UTC')", Comment: "收到时间"},
		{Name: "declared_rows", Type: "Int64", Comment: "清单申报行数，-1 表示未申报"},
		{Name: "columns", Type: "Array(String)", Comment: "合同约定的列"}, text("run", "批次"), at,
	}
	event := []Col{
		{Name: "delivery", Type: "UInt64", Comment: "报送编号"}, text("event", "事件"),
		{Name: "seq", Type: "UInt32", Comment: "事件序号；发布事件为所见的最新序号"}, at, text("run", "批次"),
		{Name: "rows", Type: "Int64", Comment: "行数"}, {Name: "claims", Type: "Int64", Comment: "主张数"},
		{Name: "rejects", Type: "Int64", Comment: "拒收数"}, {Name: "unchanged", Type: "Int64", Comment: "未变行数"},
		{Name: "erased", Type: "Int64", Comment: "已删除数"}, {Name: "withdrawals", Type: "Int64", Comment: "撤回数"},
		text("contract", "数源声明摘要"), {Name: "note", Type: "String", Comment: "原因"},
		{Name: "doubled", Type: "Int64", Comment: "被同期同一主键的后一行取代的行数"},
	}
	run := []Col{
		text("run", "批次"), text("event", "started finished failed"), at, {Name: "day", Type: "UInt32", Comment: "业务日"},
		{Name: "ordinal", Type: "UInt16", Comment: "规章序号"}, {Name: "summary", Type: "String", Comment: "摘要（JSON）"},
	}
	return []Object{
		table("ops.delivery_receipt", "报送回执", receipt, storage{engine: "MergeTree", order: "(delivery, at)", settings: durable}),
		table("ops.delivery_event", "报送事件", event, storage{engine: "MergeTree", order: "(delivery, at)", settings: durable}),
		table("ops.run_event", "批次事件", run, storage{engine: "MergeTree", order: "(run, at)", settings: durable}),
		table("ops.declaration", "已使用的规章版本", []Col{{Name: "ordinal", Type: "UInt16", Comment: "序号"}, {Name: "digest", Type: "String", Comment: "规章摘要"}, text("run", "批次"), at}, storage{engine: "MergeTree", order: "ordinal", settings: durable}),
		table("ops.feed", "数源与部门", []Col{text("feed", "数源"), {Name: "title", Type: "String", Comment: "名称"}, text("base", "基础库"),
			text("department", "部门"), {Name: "department_title", Type: "String", Comment: "部门名称"}}, storage{engine: "ReplacingMergeTree", order: "feed"}),
		deliveryView(),
	}
}

// deliveryView folds the log of each delivery into its state.
func deliveryView() Object {
	return view("ops", "delivery", nil, `SELECT s.*, s.last = 'accepted' AND s.revision = max(if(s.last = 'accepted', toInt64(s.revision), -1)) OVER (PARTITION BY s.feed, s.slot_date, s.slot_seq) AS in_force
FROM (
  SELECT r.delivery AS delivery, r.feed AS feed, r.slot_date AS slot_date, r.slot_seq AS slot_seq, r.revision AS revision,
    r.name AS name, r.location AS location, r.bytes AS bytes, r.digest AS digest, r.stamp AS stamp, r.received AS received,
    r.declared_rows AS declared_rows, r.columns AS columns,
    if(e.last = '', 'received', e.last) AS last, e.rows AS rows, e.claims AS claims, e.rejects AS rejects, e.unchanged AS unchanged,
    e.erased AS erased, e.withdrawals AS withdrawals, e.doubled AS doubled, e.note AS note, e.contract AS contract, e.facts AS facts,
    e.published AND e.seen >= e.facts AS published
  FROM (SELECT * FROM ops.delivery_receipt ORDER BY at LIMIT 1 BY delivery) AS r
  LEFT JOIN (
    SELECT delivery,
      argMaxIf(event, seq, event != 'published') AS last, maxIf(seq, event != 'published') AS facts,
      countIf(event = 'published') > 0 AS published, maxIf(seq, event = 'published') AS seen,
      argMaxIf(rows, seq, event IN ('accepted', 'held')) AS rows, argMaxIf(claims, seq, event IN ('accepted', 'held')) AS claims,
      argMaxIf(rejects, seq, event IN ('accepted', 'held')) AS rejects, argMaxIf(unchanged, seq, event IN ('accepted', 'held')) AS unchanged,
      argMaxIf(erased, seq, event IN ('accepted', 'held')) AS erased, argMaxIf(withdrawals, seq, event IN ('accepted', 'held')) AS withdrawals,
      argMaxIf(doubled, seq, event IN ('accepted', 'held')) AS doubled,
      argMaxIf(note, seq, event != 'published') AS note, argMaxIf(contract, seq, event != 'published') AS contract
    FROM ops.delivery_event GROUP BY delivery
  ) AS e ON e.delivery = r.delivery
) AS s`, "报送及其状态")
}
