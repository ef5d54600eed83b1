package main

import (
	"fmt"
	"strconv"

	"jiku/schemas/ident"
)

// parts adds what a number of a kind says.
func (r *idReader) parts(id *identity, kind ident.Kind, cell []byte) {
	switch kind {
	case ident.KindResidentID:
		v, _ := r.forms.ResidentID(cell)
		r.person(id, v)
	case ident.KindPermitID:
		v, _ := ident.ParsePermitID(cell)
		r.permit(id, v)
	case ident.KindUSCC:
		v, _ := ident.ParseUSCC(cell)
		r.organization(id, v)
	case ident.KindRegNo:
		v, _ := ident.ParseRegNo(cell)
		r.registration(id, v)
	case ident.KindOldRegNo:
		if v, reason := ident.ParseOldRegNo(cell); reason == ident.OK {
			region, seq := v.Region(), v.Sequence()
			id.part("region", "登记机关", r.region(region[:], 0))
			id.part("entity", "企业类型位", string(v.Kind()))
			id.part("sequence", "顺序号", string(seq[:]))
		}
		id.note("旧注册号没有校验码，无法核对")
	case ident.KindTaxNo:
		v, _ := ident.ParseTaxNo(cell)
		r.taxpayer(id, v)
	case ident.KindCertificateID:
		v, _ := ident.ParseCertificateID(cell)
		r.certificate(id, v)
	case ident.KindDisability:
		v, _ := r.forms.Disability(cell)
		id.part("person", "公民身份号码", shown(v.Person()))
		id.part("type", "残疾类别", disabilityType(v.Type()))
		id.part("degree", "残疾等级", string(v.Degree())+" 级")
		if n := v.Reissues(); n > 0 {
			id.part("reissues", "补办次数", strconv.Itoa(n))
		}
		r.person(id, v.Person())
	case ident.KindEstateUnit, ident.KindComponent, ident.KindGrid:
		r.unit(id, kind, cell)
	default:
		r.document(id, kind, cell)
	}
}

func (r *idReader) person(id *identity, v ident.ResidentID) {
	region, birth := v.Region(), v.Birth()
	switch v.Holder() {
	case ident.HolderForeigner:
		id.part("holder", "证件", "外国人永久居留身份证")
		id.part("province", "申领地", r.region(append(region[1:3:3], "0000"...), int(r.today/10000)))
		id.part("country", "国家", r.country(region[3:]))
		id.refuse(v.CheckPlaces(r))
	case ident.HolderHKMacau, ident.HolderTaiwan:
		id.part("holder", "证件", map[byte]string{'1': "港澳居民居住证（香港）", '2': "港澳居民居住证（澳门）", '3': "台湾居民居住证"}[region[1]])
	default:
		id.part("region", "首次登记地", r.region(region[:], max(int(birth/10000), firstIssue)))
		r.listed(id, region[:], birth)
	}
	id.part("birth_date", "出生日期", showDay(birth))
	id.part("sex", "性别", map[byte]string{'1': "男", '2': "女"}[v.Sex()])
	if birth > r.today { // GB 11643: nobody has a number before birth.
		id.refuse(ident.Date)
		id.note("出生日期在今天以后")
	}
	if v.Upgraded {
		id.note("15 位号码已升为 18 位，15 位没有校验码，无法核对")
	}
}

func (r *idReader) permit(id *identity, v ident.PermitID) {
	country, region := v.Country(), v.Region()
	id.part("country", "国家", r.country(country[:]))
	id.part("region", "申领地", r.region(append(region[:4:4], "00"...), 2010))
	for _, day := range v.Births() {
		if day != 0 && day <= r.today {
			id.part("birth_date", "出生日期", showDay(day))
		}
	}
	id.refuse(v.CheckPlaces(r))
}

func (r *idReader) organization(id *identity, v ident.USCC) {
	region, category := v.Region(), v.Category()
	department, known := r.departments.Label(string(v.Department()))
	if !known {
		department = "未登记的部门码"
		id.note("登记管理部门码不在 GB 32100 的表中")
	}
	id.part("department", "登记管理部门", string(v.Department())+" "+department)
	if label, ok := r.categories.Label(string(category[:])); ok {
		id.part("category", "机构类别", string(category[:])+" "+label)
	} else if known {
		id.note("机构类别不在 GB 32100 的表中")
	}
	id.part("region", "登记机关", r.registrar(region[:]))
	id.part("org_code", "组织机构代码", shown(v.OrgCode()))
	if !v.OrgCodeValid() {
		id.note("其中的组织机构代码校验不符，登记机关发出过这样的代码")
	}
}

func (r *idReader) registration(id *identity, v ident.RegNo) {
	region := v.Region()
	id.part("region", "登记机关", r.registrar(region[:]))
	capital, form, company := ident.RegNoMeaning(v.Kind())
	id.part("capital", "资本类型", capital)
	id.part("form", "组织形式", form)
	id.part("company", "公司类型", company)
}

func (r *idReader) taxpayer(id *identity, v ident.TaxNo) {
	id.part("form", "税号形式", v.Form().Title())
	if region, ok := v.Region(); ok {
		id.part("region", "区划", r.region(region[:], firstIssue))
	}
	if code, ok := v.CreditCode(); ok {
		id.part("uscc", "统一社会信用代码", shown(code))
		r.organization(id, code)
	} else if org, ok := v.OrgCode(); ok {
		id.part("org_code", "组织机构代码", shown(org))
	}
	if person, ok := v.Person(); ok {
		id.part("resident_id", "公民身份号码", shown(person))
		r.person(id, person)
	}
}

func (r *idReader) certificate(id *identity, v ident.CertificateID) {
	kind, issuer := v.Type(), v.Issuer()
	id.part("type", "证照类型代码", kind)
	id.part("definer", "类型定义机构", kind[:18])
	id.part("issuer", "颁发机构", issuer)
	id.part("serial", "流水号", v.Serial())
	id.part("version", "版本", strconv.Itoa(v.Version()))
	for _, code := range []string{kind[:18], issuer} {
		if _, reason := ident.ParseUSCC([]byte(code)); len(code) == 18 && reason != ident.OK {
			id.note(fmt.Sprintf("其中的机构代码（%s）：%s", map[bool]string{true: "颁发机构", false: "定义机构"}[code == issuer], reason.Sentence()))
		}
	}
}
