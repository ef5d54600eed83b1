package ident

// Reason says why a cell is not the identifier that was asked for. The zero value means that it is.
type Reason string

// The reasons, a closed list. They are stored with rejects and findings, so a code never changes its meaning.
const (
	OK                 Reason = ""
	Empty              Reason = "empty"
	Length             Reason = "length"
	Character          Reason = "character"
	Masked             Reason = "masked"
	Checksum           Reason = "checksum"
	Date               Reason = "date"
	Region             Reason = "region"
	Scientific         Reason = "scientific"
	Rounded            Reason = "rounded"
	Reserved           Reason = "reserved"
	RegistrationNumber Reason = "registration_number"
	OrganizationCode   Reason = "organization_code"
	TaxNumber          Reason = "tax_number"
	CreditCode         Reason = "credit_code"
	ResidentNumber     Reason = "resident_number"

	OldRegistrationNumber Reason = "old_registration_number"
	Filler                Reason = "filler"
	LeadingZero           Reason = "leading_zero"
	Truncated             Reason = "truncated"
	Country               Reason = "country"
	Category              Reason = "category"
	OtherDocument         Reason = "other_document"
	Ambiguous             Reason = "ambiguous"
	Unrecognized          Reason = "unrecognized"
)

// Reasons lists every reason but OK, in the order of the constants.
func Reasons() []Reason {
	return []Reason{
		Empty, Length, Character, Masked, Checksum, Date, Region, Scientific, Rounded, Reserved,
		RegistrationNumber, OrganizationCode, TaxNumber, CreditCode, ResidentNumber,
		OldRegistrationNumber, Filler, LeadingZero, Truncated, Country, Category, OtherDocument, Ambiguous, Unrecognized,
	}
}

// Sentence is the reason as the sending department reads it, in Chinese; empty for OK and for a code not of the list.
func (r Reason) Sentence() string {
	switch r {
	case Empty:
		return "号码为空"
	case Length:
		return "号码位数不对"
	case Character:
		return "号码含有不允许的字符"
	case Masked:
		return "号码已脱敏，不能作为标识"
	case Checksum:
		return "校验码不符"
	case Date:
		return "号码中的出生日期不存在"
	case Region:
		return "号码中的地址码不可能存在"
	case Scientific:
		return "号码被表格软件写成了科学计数法，请按文本格式重新导出"
	case Rounded:
		return "号码末三位被表格软件改成了 000，请按文本格式重新导出"
	case Reserved:
		return "组织机构代码属于用户自定义区（PDY）或合成数据专用区（W39），不得对外交换"
	case RegistrationNumber:
		return "填的是工商注册号"
	case OrganizationCode:
		return "填的是组织机构代码"
	case TaxNumber:
		return "填的是旧税务登记号"
	case CreditCode:
		return "填的是统一社会信用代码"
	case ResidentNumber:
		return "填的是公民身份号码"
	case OldRegistrationNumber:
		return "填的是没有校验码的旧注册号"
	}
	return r.laterSentence()
}

func (r Reason) laterSentence() string {
	switch r {
	case Filler:
		return "号码是占位或测试用的连号、同号"
	case LeadingZero:
		return "号码少一位，补上前导零后校验相符，请按文本格式重新导出"
	case Truncated:
		return "号码缺少末尾的字符，像是被截断"
	case Country:
		return "号码中的国家或地区代码不存在"
	case Category:
		return "号码中的类别不存在"
	case OtherDocument:
		return "填的是其他种类证件的号码"
	case Ambiguous:
		return "号码可以有几种读法，不能确定是哪一种"
	case Unrecognized:
		return "认不出是哪一种号码"
	}
	return ""
}
