-- claim.raw
CREATE TABLE IF NOT EXISTS claim.raw (
  delivery UInt64 COMMENT '报送编号',
  position UInt64 COMMENT '位置',
  cells String COMMENT '原始单元格，以 U+001F 分隔（单元格内的 U+001F、U+001B 前加 U+001B），列名见 ops.delivery.columns' CODEC(ZSTD(1))
) ENGINE = MergeTree ORDER BY (delivery, position) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, max_bytes_to_merge_at_max_space_in_pool = 50000000 COMMENT '原始行（合同约定的列）';

-- claim.raw_staged
CREATE TABLE IF NOT EXISTS claim.raw_staged (
  delivery UInt64 COMMENT '报送编号',
  position UInt64 COMMENT '位置',
  cells String COMMENT '原始单元格，以 U+001F 分隔（单元格内的 U+001F、U+001B 前加 U+001B），列名见 ops.delivery.columns' CODEC(ZSTD(1))
) ENGINE = MergeTree PARTITION BY delivery ORDER BY (delivery, position) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, max_bytes_to_merge_at_max_space_in_pool = 50000000 COMMENT '待比对快照的原始行';

-- quality.reject
CREATE TABLE IF NOT EXISTS quality.reject (
  delivery UInt64 COMMENT '报送编号',
  position UInt64 COMMENT '位置',
  feed LowCardinality(String) COMMENT '数源',
  line UInt64 COMMENT '行号（自 1 起）',
  raw String COMMENT '原始字节' CODEC(ZSTD(1)),
  reasons Array(LowCardinality(String)) COMMENT '全部理由：代码:数据项:说明'
) ENGINE = MergeTree ORDER BY (delivery, position) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, max_bytes_to_merge_at_max_space_in_pool = 50000000 COMMENT '拒收行：原始字节与全部理由';

-- quality.cross_finding
CREATE TABLE IF NOT EXISTS quality.cross_finding (
  rule LowCardinality(String) COMMENT '规则',
  base LowCardinality(String) COMMENT '基础库',
  key String COMMENT '主键',
  item LowCardinality(String) COMMENT '数据项',
  detail String COMMENT '说明',
  run LowCardinality(String) COMMENT '批次',
  at DateTime64(6, 'UTC') COMMENT '记录时间'
) ENGINE = ReplacingMergeTree(at) PARTITION BY rule ORDER BY (rule, base, key, item) COMMENT '跨库问题';

-- quality.score_rows
CREATE TABLE IF NOT EXISTS quality.score_rows (
  period LowCardinality(String) COMMENT '考核期 yyyy-mm',
  department LowCardinality(String) COMMENT '部门',
  feed LowCardinality(String) COMMENT '数源，空为部门合计',
  item LowCardinality(String) COMMENT '数据项，空为数源合计',
  dimension LowCardinality(String) COMMENT '质量维度，空为总分',
  score Float64 COMMENT '得分 0–100',
  grade LowCardinality(String) COMMENT '等级',
  rows Int64 COMMENT '参评行数',
  inputs String COMMENT '冻结的依据（JSON）',
  ordinal UInt16 COMMENT '规章序号',
  run LowCardinality(String) COMMENT '批次',
  at DateTime64(6, 'UTC') COMMENT '记录时间'
) ENGINE = ReplacingMergeTree(at) ORDER BY (period, department, feed, item, dimension) COMMENT '评分及其依据';

-- quality.tally
CREATE TABLE IF NOT EXISTS quality.tally (
  name String COMMENT '清点的对象',
  value String COMMENT '计数及其所依据的报送或批次（JSON）',
  run LowCardinality(String) COMMENT '批次',
  at DateTime64(6, 'UTC') COMMENT '记录时间'
) ENGINE = ReplacingMergeTree(at) ORDER BY name COMMENT '已清点的计数：同样的主张与发布不再重复清点';

-- quality.reason
CREATE TABLE IF NOT EXISTS quality.reason (
  code String COMMENT '代码',
  severity LowCardinality(String) COMMENT '级别',
  dimension LowCardinality(String) COMMENT 'GB/T 36344 指标',
  title String COMMENT '说明',
  advice String COMMENT '建议'
) ENGINE = ReplacingMergeTree ORDER BY code COMMENT '问题代码说明';

-- ops.delivery_receipt
CREATE TABLE IF NOT EXISTS ops.delivery_receipt (
  delivery UInt64 COMMENT '报送编号',
  feed LowCardinality(String) COMMENT '数源',
  slot_date UInt32 COMMENT '期次日期',
  slot_seq UInt32 COMMENT '期次序号',
  revision UInt32 COMMENT '修订次数',
  location String COMMENT '存放位置',
  name String COMMENT '文件名',
  bytes Int64 COMMENT '字节数',
  digest String COMMENT 'SHA-256',
  stamp String COMMENT '文件系统标记，未变则内容未变',
  received DateTime64(6, 'UTC') COMMENT '收到时间',
  declared_rows Int64 COMMENT '清单申报行数，-1 表示未申报',
  columns Array(String) COMMENT '合同约定的列',
  run LowCardinality(String) COMMENT '批次',
  at DateTime64(6, 'UTC') COMMENT '记录时间'
) ENGINE = MergeTree ORDER BY (delivery, at) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, max_bytes_to_merge_at_max_space_in_pool = 50000000 COMMENT '报送回执';

-- ops.delivery_event
CREATE TABLE IF NOT EXISTS ops.delivery_event (
  delivery UInt64 COMMENT '报送编号',
  event LowCardinality(String) COMMENT '事件',
  seq UInt32 COMMENT '事件序号；发布事件为所见的最新序号',
  at DateTime64(6, 'UTC') COMMENT '记录时间',
  run LowCardinality(String) COMMENT '批次',
  rows Int64 COMMENT '行数',
  claims Int64 COMMENT '主张数',
  rejects Int64 COMMENT '拒收数',
  unchanged Int64 COMMENT '未变行数',
  erased Int64 COMMENT '已删除数',
  withdrawals Int64 COMMENT '撤回数',
  contract LowCardinality(String) COMMENT '数源声明摘要',
  note String COMMENT '原因',
  doubled Int64 COMMENT '被同期同一主键的后一行取代的行数'
) ENGINE = MergeTree ORDER BY (delivery, at) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, max_bytes_to_merge_at_max_space_in_pool = 50000000 COMMENT '报送事件';

-- ops.run_event
CREATE TABLE IF NOT EXISTS ops.run_event (
  run LowCardinality(String) COMMENT '批次',
  event LowCardinality(String) COMMENT 'started finished failed',
  at DateTime64(6, 'UTC') COMMENT '记录时间',
  day UInt32 COMMENT '业务日',
  ordinal UInt16 COMMENT '规章序号',
  summary String COMMENT '摘要（JSON）'
) ENGINE = MergeTree ORDER BY (run, at) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, max_bytes_to_merge_at_max_space_in_pool = 50000000 COMMENT '批次事件';

-- ops.declaration
CREATE TABLE IF NOT EXISTS ops.declaration (
  ordinal UInt16 COMMENT '序号',
  digest String COMMENT '规章摘要',
  run LowCardinality(String) COMMENT '批次',
  at DateTime64(6, 'UTC') COMMENT '记录时间'
) ENGINE = MergeTree ORDER BY ordinal SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, max_bytes_to_merge_at_max_space_in_pool = 50000000 COMMENT '已使用的规章版本';

-- ops.feed
CREATE TABLE IF NOT EXISTS ops.feed (
  feed LowCardinality(String) COMMENT '数源',
  title String COMMENT '名称',
  base LowCardinality(String) COMMENT '基础库',
  department LowCardinality(String) COMMENT '部门',
  department_title String COMMENT '部门名称'
) ENGINE = ReplacingMergeTree ORDER BY feed COMMENT '数源与部门';

-- ops.delivery
CREATE OR REPLACE VIEW ops.delivery AS SELECT s.*, s.last = 'accepted' AND s.revision = max(if(s.last = 'accepted', toInt64(s.revision), -1)) OVER (PARTITION BY s.feed, s.slot_date, s.slot_seq) AS in_force
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
) AS s COMMENT '报送及其状态（定义 37016332）';

-- claim.things
CREATE TABLE IF NOT EXISTS claim.things (
  key_hash UInt64 COMMENT '主键的带密钥散列，最高 8 位为桶号',
  key String COMMENT '报送的主键（已规范化）',
  feed LowCardinality(String) COMMENT '数源',
  delivery UInt64 COMMENT '报送编号，见 ops.delivery',
  position UInt64 COMMENT '在报送中的位置（解压后的字节偏移或行号）',
  event UInt64 COMMENT '业务时间 yyyymmddhhmmss',
  row_hash UInt64 COMMENT '原始行的散列，用于快照比对',
  gone UInt8 COMMENT '1 表示撤回该主键',
  states String COMMENT '各数据项状态，每项一字节：v 有值 n 无 u 不详 w 撤回 x 无效 - 未提供',
  failed Array(LowCardinality(String)) COMMENT '问题：代码:数据项:说明',
  name String COMMENT '名\\称',
  place LowCardinality(String) COMMENT '区划',
  made_on UInt32 COMMENT '日期',
  pieces Int64 COMMENT '件数',
  price Decimal(18, 4) COMMENT '价格',
  INDEX by_delivery delivery TYPE minmax GRANULARITY 1
) ENGINE = MergeTree ORDER BY key_hash SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, max_bytes_to_merge_at_max_space_in_pool = 50000000 COMMENT '物\'品库：各部门主张';

-- claim.things_staged
CREATE TABLE IF NOT EXISTS claim.things_staged (
  key_hash UInt64 COMMENT '主键的带密钥散列，最高 8 位为桶号',
  key String COMMENT '报送的主键（已规范化）',
  feed LowCardinality(String) COMMENT '数源',
  delivery UInt64 COMMENT '报送编号，见 ops.delivery',
  position UInt64 COMMENT '在报送中的位置（解压后的字节偏移或行号）',
  event UInt64 COMMENT '业务时间 yyyymmddhhmmss',
  row_hash UInt64 COMMENT '原始行的散列，用于快照比对',
  gone UInt8 COMMENT '1 表示撤回该主键',
  states String COMMENT '各数据项状态，每项一字节：v 有值 n 无 u 不详 w 撤回 x 无效 - 未提供',
  failed Array(LowCardinality(String)) COMMENT '问题：代码:数据项:说明',
  name String COMMENT '名\\称',
  place LowCardinality(String) COMMENT '区划',
  made_on UInt32 COMMENT '日期',
  pieces Int64 COMMENT '件数',
  price Decimal(18, 4) COMMENT '价格'
) ENGINE = MergeTree PARTITION BY delivery ORDER BY key_hash SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, max_bytes_to_merge_at_max_space_in_pool = 50000000 COMMENT '物\'品库：待比对的快照行';

-- things.golden
CREATE TABLE IF NOT EXISTS things.golden (
  key_hash UInt64 COMMENT '主键的带密钥散列',
  key String COMMENT '编号',
  version UInt64 COMMENT '版本：规章序号、事实数、日期',
  gone UInt8 COMMENT '1 表示已无确立来源',
  due UInt32 COMMENT '结果将自行变化的下一天，0 表示不会',
  states String COMMENT '各数据项状态，每项一字节',
  reasons String COMMENT '各数据项取值理由，每项一字节',
  origins String COMMENT '各数据项来源，每项一字节：winner 数组的序号，0 表示无',
  winner_feed Array(LowCardinality(String)) COMMENT '被采信的数源',
  winner_delivery Array(UInt64) COMMENT '被采信的报送',
  winner_position Array(UInt64) COMMENT '被采信的位置',
  conflict_item Array(LowCardinality(String)) COMMENT '有分歧的数据项',
  conflict_feed Array(LowCardinality(String)) COMMENT '持不同意见的数源',
  conflict_delivery Array(UInt64) COMMENT '其报送',
  conflict_position Array(UInt64) COMMENT '其位置',
  conflict_event Array(UInt64) COMMENT '其业务时间',
  conflict_state Array(UInt8) COMMENT '其状态',
  conflict_value Array(String) COMMENT '其所报值',
  findings Array(LowCardinality(String)) COMMENT '实体问题：代码:数据项:说明',
  run LowCardinality(String) COMMENT '发布批次',
  name String COMMENT '名\\称',
  place LowCardinality(String) COMMENT '区划',
  made_on UInt32 COMMENT '日期',
  pieces Int64 COMMENT '件数',
  price Decimal(18, 4) COMMENT '价格'
) ENGINE = ReplacingMergeTree(version, gone) ORDER BY (key_hash, key) COMMENT '物\'品库：金记录各版本';

-- things.history_rows
CREATE TABLE IF NOT EXISTS things.history_rows (
  key_hash UInt64 COMMENT '主键的带密钥散列',
  key String COMMENT '编号',
  version UInt64 COMMENT '版本：规章序号、事实数、日期',
  gone UInt8 COMMENT '1 表示已无确立来源',
  due UInt32 COMMENT '结果将自行变化的下一天，0 表示不会',
  states String COMMENT '各数据项状态，每项一字节',
  reasons String COMMENT '各数据项取值理由，每项一字节',
  origins String COMMENT '各数据项来源，每项一字节：winner 数组的序号，0 表示无',
  winner_feed Array(LowCardinality(String)) COMMENT '被采信的数源',
  winner_delivery Array(UInt64) COMMENT '被采信的报送',
  winner_position Array(UInt64) COMMENT '被采信的位置',
  conflict_item Array(LowCardinality(String)) COMMENT '有分歧的数据项',
  conflict_feed Array(LowCardinality(String)) COMMENT '持不同意见的数源',
  conflict_delivery Array(UInt64) COMMENT '其报送',
  conflict_position Array(UInt64) COMMENT '其位置',
  conflict_event Array(UInt64) COMMENT '其业务时间',
  conflict_state Array(UInt8) COMMENT '其状态',
  conflict_value Array(String) COMMENT '其所报值',
  findings Array(LowCardinality(String)) COMMENT '实体问题：代码:数据项:说明',
  run LowCardinality(String) COMMENT '发布批次',
  name String COMMENT '名\\称',
  place LowCardinality(String) COMMENT '区划',
  made_on UInt32 COMMENT '日期',
  pieces Int64 COMMENT '件数',
  price Decimal(18, 4) COMMENT '价格'
) ENGINE = MergeTree ORDER BY (key_hash, key) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, max_bytes_to_merge_at_max_space_in_pool = 50000000 COMMENT '物\'品库：历次发布的版本';

-- things.thing
CREATE OR REPLACE VIEW things.thing (
  code String COMMENT '编号',
  region Nullable(String) COMMENT '行政区划代码',
  name Nullable(String) COMMENT '名\\称',
  place Nullable(String) COMMENT '区划',
  made_on Nullable(Date32) COMMENT '日期',
  pieces Nullable(Int64) COMMENT '件数',
  price Nullable(Decimal(18, 4)) COMMENT '价格',
  conflicts UInt64 COMMENT '分歧数',
  version UInt64 COMMENT '版本'
) AS SELECT
  key AS code,
  nullIf(CAST(golden.place AS String), '') AS region,
  nullIf(golden.name, '') AS name,
  nullIf(CAST(golden.place AS String), '') AS place,
  if(golden.made_on % 100 > 0 AND golden.made_on BETWEEN 19000101 AND 22991231, YYYYMMDDToDate32(golden.made_on), NULL) AS made_on,
  if(substring(golden.states, 4, 1) = 'v', golden.pieces, NULL) AS pieces,
  if(substring(golden.states, 5, 1) = 'v', golden.price, NULL) AS price,
  length(conflict_item) AS conflicts,
  version
FROM things.golden FINAL WHERE gone = 0 COMMENT '物\'品库：一行一物（定义 23e50169）';

-- things.thing_provenance
CREATE OR REPLACE VIEW things.thing_provenance AS SELECT p.key AS code, p.item AS item, p.title AS title, p.value AS value,
  transform(p.state, ['v', 'n', 'u', 'w', 'x', '-'], ['value', 'none', 'unknown', 'withdrawn', 'void', 'silent'], '') AS state,
  if(p.origin = 0, '', p.winner_feed[p.origin]) AS feed,
  if(p.origin = 0, '', dictionary.department_title) AS department,
  if(p.origin = 0, 0, p.winner_delivery[p.origin]) AS delivery,
  if(p.origin = 0, 0, p.winner_position[p.origin]) AS position,
  transform(p.why, ['-', 'R', 'P', 'A', 'H', 'E', 'Q', 'T', 'O', '1', '=', 'S', 'V', 'L', 'F'], ['none', 'ruling', 'pin', 'authority', 'handover', 'event', 'quorum', 'received', 'order', 'only', 'agreed', 'stale', 'vote', 'latest', 'priority'], '') AS reason,
  transform(p.why, ['-', 'R', 'P', 'A', 'H', 'E', 'Q', 'T', 'O', '1', '=', 'S', 'V', 'L', 'F'], ['没有可用的来源', '依裁定文书', '由数据管理员锁定', '一数一源：取自责任部门', '责任部门未提供有效值，由后备部门递补', '取业务时间最新的值', '取多数部门一致的值', '取最近报送的值', '各项相同，按数源名称和位置定序', '仅一个来源', '各来源一致', '各来源均已过期，暂留责任部门原值', '按多数表决取值', '按最新取值', '按优先次序取值'], '') AS reason_title
FROM (
  SELECT key, winner_feed, winner_delivery, winner_position, item, title, value,
    substring(states, n, 1) AS state, substring(reasons, n, 1) AS why, reinterpretAsUInt8(substring(origins, n, 1)) AS origin
  FROM things.golden FINAL
  ARRAY JOIN ['name', 'place', 'made_on', 'pieces', 'price'] AS item, ['名\\称', '区划', '日期', '件数', '价格'] AS title, [name, CAST(place AS String), if(made_on = 0, '', if(made_on = 99991231, '长期', concat(substring(toString(made_on), 1, 4), if(intDiv(made_on, 100) % 100 = 0, '', concat('-', substring(toString(made_on), 5, 2))), if(made_on % 100 = 0, '', concat('-', substring(toString(made_on), 7, 2)))))), if(substring(states, 4, 1) = 'v', toString(pieces), ''), if(substring(states, 5, 1) = 'v', toString(price), '')] AS value, range(1, 6) AS n
  WHERE gone = 0
) AS p
LEFT JOIN ops.feed AS dictionary ON dictionary.feed = p.winner_feed[p.origin] COMMENT '物\'品库：每个数据项的取值、来源与理由（定义 63ce40e7）';

-- things.conflict
CREATE OR REPLACE VIEW things.conflict AS SELECT c.key AS code, c.conflict_item AS item,
  transform(c.conflict_item, ['name', 'place', 'made_on', 'pieces', 'price'], ['名\\称', '区划', '日期', '件数', '价格'], '') AS title,
  c.conflict_feed AS feed, says.department_title AS department, c.conflict_value AS value,
  transform(c.conflict_state, [118, 110, 119], ['value', 'none', 'withdrawn'], '') AS state, c.conflict_event AS event,
  c.conflict_delivery AS delivery, c.conflict_position AS position,
  c.texts[c.n] AS winner_value, if(c.origin = 0, '', c.winner_feed[c.origin]) AS winner_feed,
  transform(c.why, ['-', 'R', 'P', 'A', 'H', 'E', 'Q', 'T', 'O', '1', '=', 'S', 'V', 'L', 'F'], ['none', 'ruling', 'pin', 'authority', 'handover', 'event', 'quorum', 'received', 'order', 'only', 'agreed', 'stale', 'vote', 'latest', 'priority'], '') AS reason
FROM (
  SELECT key, conflict_item, conflict_feed, conflict_delivery, conflict_position, conflict_event, conflict_state, conflict_value,
    winner_feed, indexOf(['name', 'place', 'made_on', 'pieces', 'price'], conflict_item) AS n, [name, CAST(place AS String), if(made_on = 0, '', if(made_on = 99991231, '长期', concat(substring(toString(made_on), 1, 4), if(intDiv(made_on, 100) % 100 = 0, '', concat('-', substring(toString(made_on), 5, 2))), if(made_on % 100 = 0, '', concat('-', substring(toString(made_on), 7, 2)))))), if(substring(states, 4, 1) = 'v', toString(pieces), ''), if(substring(states, 5, 1) = 'v', toString(price), '')] AS texts,
    substring(reasons, n, 1) AS why, reinterpretAsUInt8(substring(origins, n, 1)) AS origin
  FROM things.golden FINAL
  ARRAY JOIN conflict_item, conflict_feed, conflict_delivery, conflict_position, conflict_event, conflict_state, conflict_value
  WHERE gone = 0
) AS c
LEFT JOIN ops.feed AS says ON says.feed = c.conflict_feed COMMENT '物\'品库：部门之间的分歧（定义 b7b5e577）';

-- things.history
CREATE OR REPLACE VIEW things.history AS SELECT h.key AS code, r.at AS known_from, r.day AS day, h.version, h.gone, h.due, h.states, h.reasons, h.origins, h.winner_feed, h.winner_delivery, h.winner_position, h.conflict_item, h.conflict_feed, h.conflict_delivery, h.conflict_position, h.conflict_event, h.conflict_state, h.conflict_value, h.findings, h.run, h.name, h.place, h.made_on, h.pieces, h.price
FROM (SELECT * FROM things.history_rows ORDER BY key, version, run LIMIT 1 BY key, version) AS h
LEFT JOIN (SELECT run, min(at) AS at, any(day) AS day FROM ops.run_event GROUP BY run) AS r ON r.run = h.run COMMENT '物\'品库：历次发布的版本（何时得知、取自何处）（定义 252f98ce）';

-- things.stage_r1
CREATE TABLE IF NOT EXISTS things.stage_r1 (
  key_hash UInt64 COMMENT '主键的带密钥散列',
  key String COMMENT '编号',
  version UInt64 COMMENT '版本：规章序号、事实数、日期',
  gone UInt8 COMMENT '1 表示已无确立来源',
  due UInt32 COMMENT '结果将自行变化的下一天，0 表示不会',
  states String COMMENT '各数据项状态，每项一字节',
  reasons String COMMENT '各数据项取值理由，每项一字节',
  origins String COMMENT '各数据项来源，每项一字节：winner 数组的序号，0 表示无',
  winner_feed Array(LowCardinality(String)) COMMENT '被采信的数源',
  winner_delivery Array(UInt64) COMMENT '被采信的报送',
  winner_position Array(UInt64) COMMENT '被采信的位置',
  conflict_item Array(LowCardinality(String)) COMMENT '有分歧的数据项',
  conflict_feed Array(LowCardinality(String)) COMMENT '持不同意见的数源',
  conflict_delivery Array(UInt64) COMMENT '其报送',
  conflict_position Array(UInt64) COMMENT '其位置',
  conflict_event Array(UInt64) COMMENT '其业务时间',
  conflict_state Array(UInt8) COMMENT '其状态',
  conflict_value Array(String) COMMENT '其所报值',
  findings Array(LowCardinality(String)) COMMENT '实体问题：代码:数据项:说明',
  run LowCardinality(String) COMMENT '发布批次',
  name String COMMENT '名\\称',
  place LowCardinality(String) COMMENT '区划',
  made_on UInt32 COMMENT '日期',
  pieces Int64 COMMENT '件数',
  price Decimal(18, 4) COMMENT '价格'
) ENGINE = MergeTree ORDER BY (key_hash, key) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, max_bytes_to_merge_at_max_space_in_pool = 1, min_bytes_for_wide_part = 67108864 COMMENT '发布前的暂存';

-- quality.finding
CREATE OR REPLACE VIEW quality.finding AS SELECT u.depth AS depth, u.base AS base, u.key AS key, u.feed AS feed, d.department_title AS department, u.code AS code, r.title AS title,
  r.severity AS severity, u.item AS item, u.detail AS detail, u.delivery AS delivery, u.position AS position
FROM (
SELECT 'row' AS depth, 'things' AS base, key, feed, delivery, position, splitByChar(':', f)[1] AS code, splitByChar(':', f)[2] AS item, arrayStringConcat(arraySlice(splitByChar(':', f), 3), ':') AS detail
FROM (SELECT DISTINCT key, feed, delivery, position, arrayJoin(failed) AS f FROM claim.things
  WHERE notEmpty(failed) AND delivery IN (SELECT delivery FROM ops.delivery WHERE in_force))
UNION ALL
SELECT 'entity' AS depth, 'things' AS base, key, '' AS feed, toUInt64(0) AS delivery, toUInt64(0) AS position, splitByChar(':', f)[1] AS code, splitByChar(':', f)[2] AS item, arrayStringConcat(arraySlice(splitByChar(':', f), 3), ':') AS detail
FROM (SELECT key, arrayJoin(findings) AS f FROM things.golden FINAL WHERE gone = 0 AND notEmpty(findings))
UNION ALL
SELECT 'cross' AS depth, base, key, '' AS feed, toUInt64(0) AS delivery, toUInt64(0) AS position, rule AS code, item, detail
FROM quality.cross_finding FINAL
UNION ALL
SELECT 'feed' AS depth, f.base AS base, '' AS key, o.feed AS feed, o.delivery AS delivery, toUInt64(0) AS position,
  'feed.duplicates' AS code, '' AS item, concat(toString(o.doubled), ' 行被同期同一主键的后一行取代') AS detail
FROM ops.delivery AS o LEFT JOIN ops.feed AS f ON f.feed = o.feed WHERE o.in_force AND o.doubled > 0
) AS u
LEFT JOIN (SELECT * FROM quality.reason FINAL) AS r ON r.code = u.code
LEFT JOIN ops.feed AS d ON d.feed = u.feed COMMENT '问题：行、实体、跨库与报送四层（定义 ad48b3d5）';

