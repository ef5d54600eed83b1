package city

import "jiku/schemas/ident"

func must[T interface{ AppendTo([]byte) []byte }](to []byte, v T, err error) []byte {
	if err != nil {
		panic("make a number: " + err.Error())
	}
	return v.AppendTo(to)
}

func appendForeign(to []byte, country string, birth uint32, seq int) []byte {
	id, err := ident.SynthesizeForeignID(country, birth, seq)
	return must(to, id, err)
}

func appendPermit(to []byte, region int, birth uint32, seq int) []byte {
	return appendForeign(to, "840", birth, seq)
}

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

func appendUSCC(to []byte, category, region string, n uint32) []byte {
	body := []byte("W3900000")
	for i := 7; n > 0; i-- {
		body[i] = alphabet[n%31]
		n /= 31
	}
	u, err := ident.SynthesizeUSCC(category, region, string(body))
	return must(to, u, err)
}

func appendMobile(to []byte, n uint32) []byte { return appendPadded(append(to, "12039"...), n, 6) }

func appendLandline(to []byte, n uint32) []byte {
	return appendPadded(append(to, "0390-5"...), n%1000000, 6)
}

func appendRegNo(to []byte, region string, n uint32) []byte {
	id, err := ident.SynthesizeRegNo(region, n)
	return must(to, id, err)
}

func appendFoodPermit(to []byte, n uint32) []byte {
	return appendPadded(append(to, "JY1390"...), n, 10)
}

func appendDoctor(to []byte, n uint32) []byte { return appendPadded(append(to, "39001"...), n, 10) }

func appendBirth(to []byte, n uint32) []byte { return appendPadded(append(to, 'Z'), n, 9) }

func appendTitle(to []byte, n uint32) []byte { return appendPadded(append(to, "3901T"...), n, 10) }

func appendEstate(to []byte, n uint32) []byte {
	to = append(to, "示（2020）示例市不动产权第"...)
	return append(appendPadded(to, n, 8), "号"...)
}

func appendPlate(to []byte, n uint32) []byte {
	return appendPadded(append(to, "示A"...), n, 7)
}
