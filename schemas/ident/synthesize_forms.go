package ident

// SyntheticForm is a form of numbers that were never issued, and why none was: synthetic data uses it, so that nobody
// and no firm can be meant.
type SyntheticForm struct {
	// Kind is the name of the kind; one that package ident does not read is plain text to jiku.
	Kind string
	// Form is a regular expression of the whole number.
	Form string
	// Known says what tells jiku that the number is one.
	Known Known
	// Reason says in Chinese why no such number was issued.
	Reason string
}

// Known is what of a synthetic city makes jiku accept a number. Without it the number is refused or flagged.
type Known string

// What makes jiku accept a number.
const (
	ByNumbers Known = "numbers" // the city declares the form
	ByRegions Known = "regions" // the city declares province 39
	AsText    Known = "text"    // jiku takes the number as it stands anywhere
)

// Title is the kind in Chinese.
func (f SyntheticForm) Title() string {
	if kind, ok := KindOf(f.Kind); ok {
		return kind.Title()
	}
	return plainTitles[f.Kind]
}

// plainTitles are the kinds of numbers that are plain text.
var plainTitles = map[string]string{
	"permanent_residence": "外国人永久居留身份证号码", "vehicle_plate": "机动车号牌", "food_permit": "食品经营许可证编号",
	"doctor_certificate": "医师执业证书编码", "account": "账号、户号、居住证号", "decision_no": "行政文书文号",
	"court_case_no": "法院案号", "estate_certificate": "不动产权证书号",
}

// documentForm is what each form of documents has after its two letters.
const documentForm = `39\d{7}`

// Synthetic lists the forms of synthetic numbers: what the functions Append… make.
func Synthetic() []SyntheticForm {
	return []SyntheticForm{
		{"resident_id", `39\d{4}[12]\d{10}[\dX]`, ByRegions, "GB/T 2260 没有省级代码 39"},
		{"resident_id", `8[123]39\d{2}[12]\d{10}[\dX]`, ByNumbers, "港澳台居民居住证只用 810000、820000、830000 三个地址码，从未签发 8139、8239、8339 开头的号码"},
		{"permanent_residence", `939\d{3}[12]\d{10}[\dX]`, ByRegions, "第二、三位是申领地省级代码，GB/T 2260 没有 39"},
		{"disability_certificate", `39\d{4}[12]\d{10}[\dX][1-7][1-4]`, ByRegions, "前 18 位是公民身份号码，GB/T 2260 没有省级代码 39"},
		{"uscc", `[0-9A-HJ-NP-RTUW-Y]{2}39\d{4}W39[0-9A-HJ-NP-RTUW-Y]{5}[\dX][0-9A-HJ-NP-RTUW-Y]`, ByRegions, "登记管理机关的区划在省级代码 39，GB/T 2260 没有"},
		{"org_code", `W39[0-9A-HJ-NP-RTUW-Y]{5}[\dX]`, ByNumbers, "W 字头未见分配：2015 年以来的新码段以 M 开头，已有的 149371 条登记中没有 W 字头"},
		{"reg_no", `39\d{13}`, ByRegions, "前六位是登记机关的区划，GB/T 2260 没有省级代码 39"},
		{"old_reg_no", `39\d{11}`, ByRegions, "前六位是登记机关的区划，GB/T 2260 没有省级代码 39"},
		{"tax_no", `39\d{4}W39[0-9A-HJ-NP-RTUW-Y]{5}[\dX]`, ByRegions, "前六位是税务机关的区划，GB/T 2260 没有省级代码 39；组织机构代码也未分配"},
		{"real_estate_unit", `39\d{4}001001GB\d{5}F0001\d{4}`, ByRegions, "前六位是县级区划，GB/T 2260 没有省级代码 39"},
		{"passport", `E[IO]` + documentForm, ByNumbers, "电子护照第二位不用字母 I、O，且护照号码只有 9 位，本形式 11 位"},
		{"public_affairs_passport", `PX` + documentForm, ByNumbers, "公务普通护照以 PE 开头，共 9 位，本形式 11 位"},
		{"service_passport", `SX` + documentForm, ByNumbers, "公务护照以 SE 开头，共 9 位，本形式 11 位"},
		{"diplomatic_passport", `DX` + documentForm, ByNumbers, "外交护照以 DE 开头，共 9 位，本形式 11 位"},
		{"hk_macau_permit", `[HM]X` + documentForm, ByNumbers, "通行证为 9 位；11 位的旧卡是一个字母加十位数字，没有两个字母的"},
		{"taiwan_permit", `TX` + documentForm, ByNumbers, "台胞证为 8 位或 10 位数字，字母只在末位"},
		{"hk_macau_travel_permit", `CX` + documentForm, ByNumbers, "往来港澳通行证共 9 位，本形式 11 位"},
		{"taiwan_travel_permit", `LX` + documentForm, ByNumbers, "往来台湾通行证共 9 位，本形式 11 位"},
		{"hk_passport", `KX` + documentForm, ByNumbers, "香港特区护照至多 9 位，本形式 11 位"},
		{"macau_passport", `MP` + documentForm, ByNumbers, "澳门特区护照以 MA 开头，共 9 位，本形式 11 位"},
		{"foreign_passport", `FX` + documentForm, ByNumbers, "国际民航组织 9303 号文件规定护照号码至多 9 位，本形式 11 位"},
		{"birth_certificate", `UX` + documentForm, ByNumbers, "出生医学证明编号是一个字母加九位数字，共 10 位，本形式两个字母，共 11 位"},
		{"phone", `120\d{8}`, ByNumbers, "手机号码以 13 至 19 开头；120 是急救电话，没有以它开头的 11 位号码"},
		{"phone", `03901\d{7}`, ByNumbers, "长途区号 0390 没有分配（河南用 0391 至 0398）；本地号码也不以 1 开头"},
		{"vehicle_plate", `示[A-HJ-NP-Z][0-9A-HJ-NP-Z]{5}`, AsText, "号牌首字是省级简称，没有“示”"},
		{"food_permit", `JY[1-3]39\d{4}\d{6}\d`, AsText, "第二至第七位数字是区划，GB/T 2260 没有省级代码 39"},
		{"doctor_certificate", `11039\d{4}\d{6}`, AsText, "第四至第九位是发证地区划，GB/T 2260 没有省级代码 39"},
		{"account", `39\d{10}`, AsText, "社保、公积金账号和户号、居住证号以区划开头，GB/T 2260 没有省级代码 39"},
		{"decision_no", `示\p{Han}{1,8}〔\d{4}〕\d{1,10}号`, AsText, "文号首字是省级或市级简称，没有“示”"},
		{"court_case_no", `（\d{4}）示\d{4}\p{Han}{1,4}\d{1,10}号`, AsText, "案号中的法院代字以省级简称开头，没有“示”"},
		{"estate_certificate", `示（\d{4}）\p{Han}{1,10}不动产权第\d{7}号`, AsText, "不动产权证号首字是省级简称，没有“示”"},
	}
}
