package normalize

import "jiku/schemas"

func init() {
	Register(Spec{
		Name:  "former_name",
		Title: "括注的曾用名",
		Doc: "Reads the same cell as person_name and gives the former name in its brackets, as 张三（曾用名：李四） has it. " +
			"A cell without one says nothing of former names: unknown.",
		Extracts: true,
		Examples: []Example{
			{In: "张三（曾用名：李四）", Out: "李四"},
			{In: "张三(曾用名李四)", Out: "李四"},
			{In: "张三[原名 李 四]", Out: "李四", Reason: "person_name.blank"},
			{In: "张三【又名：阿依古丽.买买提】", Out: "阿依古丽·买买提", Reason: "person_name.dot"},
			{In: "张三（曾用名：李\u200b四）", Out: "李四", Reason: "person_name.invisible"},
			{In: "张三", Out: "?"},
			{In: "张三（曾用名：无）", Out: "无"},
			{In: "张三（曾用名）", Out: "?"},
		},
		Reasons: []*schemas.ReasonInfo{reasonNameDot, reasonNameBlank, reasonNameInvisible},
		Compile: plain(func(c *Cell) {
			_, name := formerName(c.Text)
			switch {
			case len(name) == 0:
				c.State = schemas.Unknown
			case string(name) == "无":
				c.State = schemas.None
			default:
				c.Text = name
				foldName(c)
			}
		}),
	})
}
