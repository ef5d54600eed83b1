package normalize

import "jiku/schemas"

func init() {
	Register(Spec{
		Name:  "address_key",
		Title: "地址比对键",
		Doc: "Gives the key under which addresses are matched, for an item beside the address: no blanks, punctuation and " +
			"words of levels such as 市 and 区, half width, one form of each character. It is what the comparator address " +
			"compares; it is no address.",
		// A second reading may find words of levels that the first one brought together.
		Extracts: true,
		Examples: []Example{
			{In: "青城市云山区青松路１号", Out: "青城云山青松路1号"},
			{In: "青城 雲山，青松路1号", Out: "青城云山青松路1号"},
			{In: "青城市市中区青松路1号", Out: "青城市中青松路1号"},
		},
		Compile: plain(func(c *Cell) { c.Put(trimCell(schemas.AppendAddressKey(c.Buffer(), c.Text))) }),
	})
}
