package quality

import (
	"fmt"

	"jiku/schemas"
	"jiku/schemas/codes"
	"jiku/schemas/ident"
)

func init() {
	Register(Rule{
		Name: "resident_id.region", Title: "公民身份号码的地址码曾经在用", Depth: Row, Dimension: "0302", Weight: 1,
		Doc: "公民身份号码前六位（GB 11643-1999）是首次登记户口的县级区划，从出生（1981 年以前出生的从 1981 年）至今的某一年应在" +
			"行政区划代码表或本市的补充表中；已撤销的区划是正常的。部分地方用过表外的代码，所以只记问题，不拒收。" +
			"说明为 earlier 的，出生前已撤销；unlisted 的，本省从未有过；province 的，没有这个省。" +
			"主键不是公民身份号码的库，写号码所在的数据项。",
		Key:   schemas.KeyResidentID,
		Items: []Param{{Name: "number", Title: "公民身份号码", Types: []schemas.Type{schemas.TypeText}, Optional: true}},
		Reasons: []schemas.ReasonInfo{{
			Code: "resident_id.region", Severity: schemas.Warning, Dimension: "0302",
			Title: "公民身份号码的地址码不是出生以来在用的区划", Advice: "请核对身份证件；地址码确为签发时所用的，请向数据主管部门登记补充代码。",
		}},
		Examples: []Example{
			{Name: "in force", Day: 20261101, Key: "390101196504300012"},
			{Name: "abolished after birth", Day: 20261101, Key: "390102196504300019"},
			{Name: "abolished before birth", Day: 20261101, Key: "390102200004300011", Want: []string{"resident_id.region::earlier"}},
			{Name: "never in force", Day: 20261101, Key: "390199196504300018", Want: []string{"resident_id.region::unlisted"}},
			{Name: "number does not check", Day: 20261101, Key: "390199196504300010"},
		},
		CompileRow: compileResidentRegion,
	})
}

// regionDetail says what is wrong with a region.
var regionDetail = map[codes.RegionStatus]string{codes.RegionEarlier: "earlier", codes.RegionUnlisted: "unlisted", codes.RegionUnknown: "province"}

func compileResidentRegion(u *Use) (RowCheck, error) {
	number, item, info := numberSource(u), numberItem(u), u.Reason("resident_id.region")
	if err := u.NoArgs(); err != nil {
		return nil, err
	}
	if u.Env.Regions == nil {
		return func(*schemas.Record, uint32) {}, nil // Only the form of the declaration is checked.
	}
	history, err := u.Env.Regions()
	if err != nil {
		return nil, fmt.Errorf("load regions: %w", err)
	}
	return func(rec *schemas.Record, day uint32) {
		id, defect := ident.ParseResidentID(number(rec))
		if defect != ident.OK || day == 0 {
			return
		}
		region := id.Region()
		if how := history.Issued(region[:], int(id.Birth()/10_000), int(day/10_000)); how != codes.RegionListed {
			rec.Fail(item, info, regionDetail[how])
		}
	}, nil
}
