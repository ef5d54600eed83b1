package ident

// Kind is a kind of identifier. Its zero value is none.
type Kind uint8

// The kinds that are computed: they have a check digit or parts that can be checked.
const (
	KindNone          Kind = iota
	KindResidentID         // GB 11643, with residence permits and the permanent residence card of 2023
	KindPermitID           // the permanent residence card of 2004
	KindUSCC               // GB 32100
	KindOrgCode            // GB 11714
	KindRegNo              // GS15-2006
	KindTaxNo              // before and after 2015
	KindCertificateID      // GB/T 36904
	KindDisability         // a resident ID number with type and degree
	KindEstateUnit         // GB/T 37346
	KindComponent          // GB/T 30428.2
	KindGrid               // GB/T 30428.1
)

// The kinds that have a form only; a table of patterns says which (Forms).
const (
	KindOldRegNo Kind = iota + KindGrid + 1
	KindPassport
	KindPublicPassport
	KindServicePassport
	KindDiplomaticPassport
	KindHKMacauPermit
	KindTaiwanPermit
	KindHKMacauTravel
	KindTaiwanTravel
	KindHKPassport
	KindMacauPassport
	KindForeignPassport
	KindMilitary
	KindHousehold
	KindBirth
	KindInstitution
	KindSocialOrg
	KindSubjectCode
	KindPhone // its national forms are computed
	kindCount
)

type kindInfo struct {
	name, title string
	holder      string // code of the table holder_type (GB/T 36903), if it is a document of a holder
	loose       bool   // the form fits so much that it tells nothing about an unlabelled number
}

var kindInfos = [kindCount]kindInfo{
	KindNone:               {name: "none", title: "未知"},
	KindResidentID:         {name: "resident_id", title: "公民身份号码", holder: HolderCitizen},
	KindPermitID:           {name: "permit_id", title: "外国人永久居留身份证号码（旧版）", holder: HolderForeigner},
	KindUSCC:               {name: "uscc", title: "统一社会信用代码", holder: "001"},
	KindOrgCode:            {name: "org_code", title: "组织机构代码", holder: "099"},
	KindRegNo:              {name: "reg_no", title: "工商注册号", holder: "099"},
	KindTaxNo:              {name: "tax_no", title: "纳税人识别号"},
	KindCertificateID:      {name: "certificate_id", title: "电子证照标识"},
	KindDisability:         {name: "disability_certificate", title: "残疾人证号", holder: "999"},
	KindEstateUnit:         {name: "real_estate_unit", title: "不动产单元代码"},
	KindComponent:          {name: "component_code", title: "城市部件代码"},
	KindGrid:               {name: "grid_code", title: "单元网格代码"},
	KindOldRegNo:           {name: "old_reg_no", title: "旧注册号", holder: "099"},
	KindPassport:           {name: "passport", title: "普通护照", holder: "414"},
	KindPublicPassport:     {name: "public_affairs_passport", title: "公务普通护照", holder: "413"},
	KindServicePassport:    {name: "service_passport", title: "公务护照", holder: "412"},
	KindDiplomaticPassport: {name: "diplomatic_passport", title: "外交护照", holder: "411"},
	KindHKMacauPermit:      {name: "hk_macau_permit", title: "港澳居民来往内地通行证", holder: "516"},
	KindTaiwanPermit:       {name: "taiwan_permit", title: "台湾居民来往大陆通行证", holder: "511"},
	KindHKMacauTravel:      {name: "hk_macau_travel_permit", title: "往来港澳通行证", holder: "999"},
	KindTaiwanTravel:       {name: "taiwan_travel_permit", title: "往来台湾通行证", holder: "999"},
	KindHKPassport:         {name: "hk_passport", title: "香港特别行政区护照", holder: "400"},
	KindMacauPassport:      {name: "macau_passport", title: "澳门特别行政区护照", holder: "400"},
	KindForeignPassport:    {name: "foreign_passport", title: "外国护照", holder: "400", loose: true},
	KindMilitary:           {name: "military_document", title: "军人、武警证件", holder: "114", loose: true},
	KindHousehold:          {name: "household_book", title: "户口簿户号", holder: "999", loose: true},
	KindBirth:              {name: "birth_certificate", title: "出生医学证明", holder: "999"},
	KindInstitution:        {name: "institution_certificate", title: "事业单位法人证书号", holder: "099", loose: true},
	KindSocialOrg:          {name: "social_org_certificate", title: "社会组织登记证号", holder: "099", loose: true},
	KindSubjectCode:        {name: "subject_code", title: "主体身份代码", loose: true},
	KindPhone:              {name: "phone", title: "电话号码", loose: true},
}

// Kinds lists all kinds but KindNone.
func Kinds() []Kind {
	list := make([]Kind, 0, kindCount-1)
	for k := KindNone + 1; k < kindCount; k++ {
		list = append(list, k)
	}
	return list
}

// KindOf finds a kind by its name.
func KindOf(name string) (Kind, bool) {
	for _, k := range Kinds() {
		if kindInfos[k].name == name {
			return k, true
		}
	}
	return KindNone, false
}

// String is the name of the kind, as declarations and outputs write it.
func (k Kind) String() string { return kindInfos[min(k, kindCount-1)].name }

// Title is the name in Chinese.
func (k Kind) Title() string { return kindInfos[min(k, kindCount-1)].title }

// Holder is the code of the table holder_type (GB/T 36903), or empty.
func (k Kind) Holder() string { return kindInfos[min(k, kindCount-1)].holder }

// KindSet is a set of kinds.
type KindSet uint64

// With is the set with a kind more.
func (s KindSet) With(k Kind) KindSet { return s | 1<<k }

// Has reports whether a kind is in the set.
func (s KindSet) Has(k Kind) bool { return s>>k&1 != 0 }

// List gives the kinds in order.
func (s KindSet) List() []Kind {
	var list []Kind
	for _, k := range Kinds() {
		if s.Has(k) {
			list = append(list, k)
		}
	}
	return list
}
