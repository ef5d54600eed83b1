package normalize

import "jiku/schemas"

func init() {
	Register(Spec{
		Name:  "person_name_key",
		Title: "姓名比对键",
		Doc: "Gives the key under which names of persons are matched, for an item beside the name: no dots and blanks, half " +
			"width, small letters, one form of each character. It is what the comparator person_name compares; it is no name.",
		Examples: []Example{
			{In: "阿依古丽•买买提", Out: "阿依古丽买买提"},
			{In: "鄧小明", Out: "邓小明"},
			{In: "ＬＩ Ming", Out: "liming"},
		},
		Compile: plain(func(c *Cell) { c.Put(trimCell(schemas.AppendPersonNameKey(c.Buffer(), c.Text))) }),
	})
}
