package ident

// RegNoMeaning reads the digits 7 to 9 of a registration number (GS15-2006), in Chinese; parts that the standard
// leaves free are empty.
func RegNoMeaning(kind [3]byte) (capital, form, company string) {
	switch kind[0] {
	case '0':
		capital = "内资：全民所有制、集体、联营、股份合作"
	case '1':
		capital = "内资：国有独资、法人独资、国有控股公司"
	case '2':
		capital = "内资：自然人独资、自然人投资或控股公司"
	case '3':
		capital = "内资：其他非公司（个人独资、合伙、合作社）"
	case '4', '5':
		return "外资", foreignForm(kind[1]), ""
	default:
		return "个体工商户", "", ""
	}
	switch kind[1] {
	case '1':
		form = "法人"
	case '2':
		form = "分支机构"
	}
	if kind[0] == '1' || kind[0] == '2' {
		switch kind[2] {
		case '0':
			company = "有限责任公司"
		case '1':
			company = "股份有限公司（上市）"
		case '2':
			company = "股份有限公司（未上市）"
		}
	}
	return capital, form, company
}

func foreignForm(c byte) string {
	switch c {
	case '1':
		return "外商投资"
	case '2':
		return "台港澳投资"
	case '3':
		return "分支机构"
	case '4':
		return "代表处"
	case '5':
		return "境外企业在华经营"
	}
	return ""
}
