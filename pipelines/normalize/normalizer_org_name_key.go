package normalize

import "jiku/schemas"

func init() {
	Register(Spec{
		Name:  "org_name_key",
		Title: "机构名称比对键",
		Doc: "Gives the key under which names of organizations are matched, for an item beside the name: brackets, width, case " +
			"and blanks folded, 有限责任公司 as 有限公司, traditional forms of characters as simplified ones. It is what the " +
			"comparator org_name compares; it is no name.",
		Examples: []Example{
			{In: "示例（集團）有限责任公司", Out: "示例(集团)有限公司"},
			{In: "示例(集团) 有限公司", Out: "示例(集团)有限公司"},
			{In: "示例Ａ１有限公司", Out: "示例a1有限公司"},
		},
		Compile: plain(func(c *Cell) { c.Put(trimCell(schemas.AppendOrgNameKey(c.Buffer(), c.Text))) }),
	})
}
