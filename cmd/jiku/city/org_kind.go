package city

// orgKind is a kind of organization: the first two characters of its code, who registers it, and how it is called.
type orgKind struct {
	category string
	registry registry
	weight   int    // in 10,000
	title    string // 机构类型
	suffix   []string
}

// registry is the department that registers a kind.
type registry uint8

const (
	byMarket registry = iota
	byStaffing
	byCivil
	byJustice
	byOther
)

var orgKinds = []orgKind{
	{"92", byMarket, 6450, "个体工商户", []string{"店", "经营部", "商行"}},
	{"91", byMarket, 2700, "有限责任公司", []string{"有限公司", "有限责任公司"}},
	{"91", byMarket, 150, "有限责任公司分公司", []string{"有限公司分公司"}},
	{"93", byMarket, 150, "农民专业合作社", []string{"农民专业合作社", "种植专业合作社"}},
	{"12", byStaffing, 130, "事业单位", []string{"服务中心", "研究所", "管理站"}},
	{"11", byStaffing, 45, "机关", []string{"管理局", "委员会"}},
	{"13", byStaffing, 5, "群众团体", []string{"联合会"}},
	{"52", byCivil, 110, "民办非企业单位", []string{"幼儿园", "养老服务中心", "培训学校"}},
	{"51", byCivil, 60, "社会团体", []string{"协会", "学会", "商会"}},
	{"53", byCivil, 10, "基金会", []string{"慈善基金会"}},
	{"31", byJustice, 30, "律师执业机构", []string{"律师事务所"}},
	{"32", byJustice, 3, "公证处", []string{"公证处"}},
	{"33", byJustice, 6, "基层法律服务所", []string{"法律服务所"}},
	{"34", byJustice, 4, "司法鉴定机构", []string{"司法鉴定所"}},
	{"35", byJustice, 2, "仲裁委员会", []string{"仲裁委员会"}},
	{"N2", byOther, 60, "村级集体经济组织", []string{"经济合作社"}},
	{"N1", byOther, 15, "组级集体经济组织", []string{"经济合作社"}},
	{"N3", byOther, 5, "乡镇级集体经济组织", []string{"经济联合社"}},
	{"81", byOther, 40, "基层工会", []string{"工会委员会"}},
	{"71", byOther, 15, "宗教活动场所", []string{"寺", "教堂"}},
	{"72", byOther, 1, "宗教院校", []string{"学院"}},
	{"21", byOther, 1, "外国常驻新闻机构", []string{"代表处"}},
	{"41", byOther, 1, "外国在华文化中心", []string{"文化中心"}},
	{"61", byOther, 2, "外国旅游部门常驻代表机构", []string{"代表处"}},
	{"A1", byOther, 2, "军队事业单位", []string{"服务社"}},
	{"Y1", byOther, 3, "其他", []string{"工作站"}},
}

const branchKind = 2

var byKind = func() weighted {
	var w []int
	for _, k := range orgKinds {
		w = append(w, k.weight)
	}
	return newWeighted(w...)
}()

// trades are what organizations do: a word in the name, the scope, and the class of GB/T 4754-2017.
var trades = []struct{ word, scope, industry string }{
	{"食品", "食品销售；预包装食品销售", "5229"}, {"餐饮", "餐饮服务；小吃制售", "6210"}, {"商贸", "日用百货销售；五金产品批发", "5211"},
	{"科技", "软件开发；信息系统集成服务", "6513"}, {"建筑", "房屋建筑工程施工；建筑装饰", "4710"}, {"物流", "道路货物运输；仓储服务", "5431"},
	{"服饰", "服装零售；鞋帽零售", "5232"}, {"机械", "通用机械设备制造、销售", "3499"}, {"医药", "药品零售；医疗器械销售", "5251"},
	{"文化", "文化艺术交流活动策划；会议服务", "8870"}, {"汽车", "汽车修理与维护；汽车零配件零售", "8111"}, {"农业", "蔬菜种植；农副产品销售", "0141"},
}

// farming is the trade of cooperatives.
const farming = 11

// foods are the trades that need a food permit.
const foods = 2
