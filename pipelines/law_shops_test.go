package pipelines_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"jiku/pipelines"
	"jiku/schemas"
)

// shops is a small catalogue for the laws: one base, a snapshot feed whose value goes stale,
// a delta feed with deletions, a delta feed in the order of events, and a theme. Plain files
// are cut into splits of splitBytes.
func shops(tb testing.TB, splitBytes int64) *schemas.Catalogue {
	tb.Helper()
	return shopsWith(tb, splitBytes)
}

// shopsWith is shops with pairs of old and new text of the declarations.
func shopsWith(tb testing.TB, splitBytes int64, changes ...string) *schemas.Catalogue {
	tb.Helper()
	text := fmt.Sprintf(shopsText, splitBytes)
	for i := 0; i < len(changes); i += 2 {
		if !strings.Contains(text, changes[i]) {
			tb.Fatalf("the declarations have no %q", changes[i])
		}
		text = strings.ReplaceAll(text, changes[i], changes[i+1])
	}
	files := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(text)).Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	cat, err := pipelines.Load(files)
	if err != nil {
		tb.Fatal(err)
	}
	return cat
}

const shopsText = `
-- cities/city.yaml --
city: own
title: 某市
time_zone: Asia/Shanghai
departments:
  - {id: market, title: 市场监管局}
  - {id: tax, title: 税务局}
  - {id: street, title: 街道办}
dimensions:
  - {name: 准确性, indicators: ["0301", "0302"]}
grades:
  - {grade: 优, from: 90}
  - {grade: 差, from: 0}
-- base/shop.yaml --
base: shops
entity: shop
title: 店铺库
description: 一行一店
key: {kind: text, column: code, title: 店铺号}
items:
  - {name: name, title: 店名, type: text, comparator: org_name}
  - {name: phone, title: 电话, type: text, comparator: exact}
  - {name: staff, title: 人数, type: integer}
-- authority/shops.yaml --
authority: shops
base: shops
entries:
  - {item: name, source: market, fallbacks: [tax], checkers: {of: [tax, street], agree: 1}, legal_basis: 示例}
  - {item: phone, source: market, fallbacks: [street], stale_after: 20, legal_basis: 示例}
-- feeds/market.yaml --
feed: market
title: 登记
department: market
base: shops
kind: snapshot
establishes: true
cadence: weekly
legal_basis: 示例
source: {connector: csv, settings: {path: "market_*.csv", split_bytes: %[1]d}}
slot: {name: '_(?P<date>\d{8})'}
gates: {shrink: {strong: 0.6}}
key:
  - {column: code}
columns:
  - {column: name, item: name}
  - {column: phone, item: phone}
-- feeds/tax.yaml --
feed: tax
title: 税务
department: tax
base: shops
kind: delta
establishes: true
cadence: weekly
legal_basis: 示例
source: {connector: csv, settings: {path: "tax_*.csv", split_bytes: %[1]d}}
slot: {name: '_(?P<date>\d{8})'}
nulls: {none: [无]}
operation: {column: op, delete: [注销]}
key:
  - {column: code}
columns:
  - {column: name, item: name}
  - {column: staff, item: staff, via: [integer]}
-- feeds/visit.yaml --
feed: visit
title: 走访
department: street
base: shops
kind: delta
order: event
cadence: weekly
legal_basis: 示例
source: {connector: csv, settings: {path: "visit_*.csv", split_bytes: %[1]d}}
slot: {name: '_(?P<date>\d{8})'}
key:
  - {column: code}
event: {column: at, via: [date]}
columns:
  - {column: name, item: name}
  - {column: phone, item: phone}
  - {column: staff, item: staff, via: [integer]}
-- themes/shops.yaml --
theme: streets
title: 店铺主题
description: 店铺人数
grain: 店名
sensitivity: internal
inputs: [shops.shop]
tables:
  - name: staff
    title: 各店名人数
    columns:
      - {name: name, title: 店名}
      - {name: shops, title: 店铺数}
      - {name: staff, title: 人数}
    sql: |
      SELECT ifNull(name, '') AS name, count() AS shops, sum(ifNull(staff, 0)) AS staff FROM shops.shop GROUP BY name
`
