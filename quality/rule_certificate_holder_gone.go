package quality

import (
	"errors"
	"fmt"

	"jiku/schemas"
)

func init() {
	Register(Rule{
		Name: "certificate.holder_gone", Title: "有效证照的持证主体在业", Depth: Cross, Dimension: "0402", Weight: 1,
		Doc: "证照状态仍为有效、有效期未过，而持证主体在法人库中已吊销或注销的，应由颁发部门处置（“已注销仍持证”）。" +
			"持证主体为自然人的不在法人库中，不检查；权属类证照（如不动产权证书）不因主体吊销、注销而失效，列入 except。" +
			"在发布时以 SQL 检查，两库何者先到都能看见。",
		Items: []Param{
			{Name: "holder_code", Title: "持证主体代码", Types: []schemas.Type{schemas.TypeText}},
			{Name: "status", Title: "证照状态", Types: []schemas.Type{schemas.TypeCode, schemas.TypeText}},
			{Name: "valid_until", Title: "有效期止", Types: []schemas.Type{schemas.TypeDate}, Optional: true},
			{Name: "type", Title: "证照类型名称", Types: []schemas.Type{schemas.TypeText}, Optional: true},
		},
		Args: []Param{
			{Name: "valid", Title: "有效的证照状态，缺省 01"}, {Name: "base", Title: "法人库，缺省 legal_entity"},
			{Name: "organization_status", Title: "法人库的状态项，缺省 status"}, {Name: "gone", Title: "吊销、注销的状态，缺省 3、4（GB/T 36104-2018）"},
			{Name: "except", Title: "不检查的证照类型"},
		},
		Reasons: []schemas.ReasonInfo{{
			Code: "certificate.holder_gone", Severity: schemas.Warning, Dimension: "0402",
			Title: "证照仍有效，持证主体已吊销或注销", Advice: "请颁发部门核实后注销或撤销证照；主体状态有误的请登记机关更正。",
		}},
		Examples: []Example{
			{Name: "holder in business", Day: 20261101, Tables: holderTables("01", "2027-12-31", "1")},
			{Name: "holder deregistered", Day: 20261101, Tables: holderTables("01", "2027-12-31", "4"), Want: []string{"certificate.holder_gone:status:持证主体状态为 4"}},
			{Name: "no expiry", Day: 20261101, Tables: holderTables("01", "", "3"), Want: []string{"certificate.holder_gone:status:持证主体状态为 3"}},
			{Name: "certificate expired", Day: 20261101, Tables: holderTables("01", "2026-10-31", "4")},
			{Name: "certificate cancelled", Day: 20261101, Tables: holderTables("04", "2027-12-31", "4")},
			{Name: "holder is a person", Day: 20261101, Tables: heldBy("390101196504300012", "医师执业证书")},
			{
				Name: "type that does not end with its holder", Day: 20261101, Args: schemas.Settings{"except": []any{"不动产权证书"}},
				Tables: heldBy("91390100MA39X0A130", "不动产权证书"),
			},
			{
				Name: "type that does", Day: 20261101, Args: schemas.Settings{"except": []any{"不动产权证书"}},
				Tables: heldBy("91390100MA39X0A130", "食品经营许可证"), Want: []string{"certificate.holder_gone:status:持证主体状态为 4"},
			},
		},
		CompileCross: compileHolderGone,
	})
}

// heldBy has a valid certificate, and the organization 91390100MA39X0A130 that is gone.
func heldBy(holder, kind string) Tables {
	tables := holderTables("01", "2027-12-31", "1")
	tables["certificate"][0]["holder_code"], tables["certificate"][0]["type"] = holder, kind
	return tables
}

func holderTables(certificate, until, organization string) Tables {
	return Tables{
		"certificate": {{"": "证|1|局", "holder_code": "91390100MA39X0A12F", "status": certificate, "valid_until": until, "type": "证"}},
		"legal_entity": {
			{"": "91390100MA39X0A12F", "status": organization},
			{"": "91390100MA39X0A130", "status": "4"},
		},
	}
}

func compileHolderGone(u *CrossUse) (string, error) {
	args := struct {
		Valid              []string
		Base               string
		OrganizationStatus string `yaml:"organization_status"`
		Gone, Except       []string
	}{Base: "legal_entity", OrganizationStatus: "status"}
	if err := u.Args(&args); err != nil {
		return "", err
	}
	if args.Valid == nil {
		args.Valid = []string{"01"}
	}
	if args.Gone == nil {
		args.Gone = []string{"3", "4"}
	}
	other, err := u.Other(args.Base, args.OrganizationStatus)
	if err != nil || other == nil {
		return "", err
	}
	if len(args.Except) > 0 && u.Items[3] < 0 {
		return "", errors.New("args: except needs the item type")
	}
	further := ""
	if len(args.Except) > 0 {
		further = fmt.Sprintf("\n  AND (c.%[1]s IS NULL OR c.%[1]s NOT IN (%[2]s))", u.Column(3), literals(args.Except))
	}
	if u.Items[2] >= 0 {
		further += fmt.Sprintf("\n  AND (c.%[1]s IS NULL OR c.%[1]s >= %[2]s)", u.Column(2), sqlDay(u.Day))
	}
	return fmt.Sprintf(`SELECT %[1]s AS base, c.%[2]s AS key, %[3]s AS item, concat('持证主体状态为 ', assumeNotNull(o.%[4]s)) AS detail
FROM %[5]s AS c
INNER JOIN %[6]s AS o ON o.%[7]s = c.%[8]s
WHERE c.%[9]s IN (%[10]s) AND o.%[4]s IN (%[11]s)%[12]s`,
		schemas.Quote(u.Base.Name), u.Base.Key.Column, schemas.Quote(u.Column(1)), args.OrganizationStatus,
		u.Base.FullName(), other.FullName(), other.Key.Column, u.Column(0),
		u.Column(1), literals(args.Valid), literals(args.Gone), further), nil
}
