package normalize

// addressFolding writes letters, digits and the signs of house numbers in half width.
var addressFolding = newFolding("-#/()", addressChar, func(prev, next rune) bool {
	return wide(prev) || wide(next)
})

func init() {
	Register(Spec{
		Name:  "address",
		Title: "地址",
		Doc: "Writes an address in one way: letters, digits and the signs － ＃ ／ of house numbers in half width, no blanks " +
			"beside Chinese characters, no invisible characters. Levels and street names stay as they are.",
		Examples: []Example{
			{In: "示例市示例区示例路１２号", Out: "示例市示例区示例路12号"},
			{In: "示例路 12号 3－501", Out: "示例路12号3-501"},
			{In: "示例路12号Ａ座＃3", Out: "示例路12号A座#3"},
			{In: "示例大厦 Block A 3", Out: "示例大厦Block A 3"},
			{In: "示例路12号\n", Out: "示例路12号"},
		},
		Compile: plain(func(c *Cell) { addressFolding.apply(c) }),
	})
}

func addressChar(r, _, _ rune) rune {
	switch r {
	case '－', '＃', '／':
		return r - 0xFEE0
	}
	return halfLetter(r)
}
