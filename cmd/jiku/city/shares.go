package city

// Share is one share of the city as it is meant to be: what the generator aims at, where the figure comes from, and by
// how much a large city may miss it.
type Share struct {
	Of     string  `json:"of"`     // persons, households, names, organizations
	What   string  `json:"what"`   // the part, in words
	Share  float64 `json:"share"`  // of the whole, 0 to 1
	Within float64 `json:"within"` // how far a city of 100,000 persons may be off
	Source string  `json:"source"`
}

const (
	census  = "第七次全国人口普查公报（2021），全国，取整"
	market  = "市场监管总局 2024 年公布的经营主体总量，取整"
	counted = "names.tsv 的计数"
	chosen  = "为检验规则而定，无出处"
)

// Shares lists what the city is meant to look like; a test measures it.
func Shares() []Share {
	all := []Share{
		{"persons", "男", 0.5124, 0.015, census},
		{"persons", "0-14 岁", 0.1795, 0.03, census},
		{"persons", "15-59 岁", 0.6335, 0.04, census},
		{"persons", "60 岁及以上", 0.1870, 0.03, census},
		{"persons", "汉族", 0.9111, 0.01, census},
		{"persons", "流动人口", 0.12, 0.02, chosen},
		{"persons", "港澳台居民和外国人", 0.004, 0.002, chosen},
		{"households", "一人户", 0.25, 0.03, census},
		{"households", "二人户", 0.30, 0.03, census},
		{"households", "三人户", 0.21, 0.03, census},
		{"households", "四人及以上户", 0.24, 0.03, census},
		{"names", "姓王", 0.0761, 0.01, counted},
		{"names", "姓李", 0.0696, 0.01, counted},
		{"names", "单字名", 0.20, 0.02, chosen},
		{"organizations", "个体工商户（92）", 0.60, 0.03, "市场监管总局 2024 年公布：个体约三分之二；本城因用工单位改设为企业而略低"},
		{"organizations", "企业（91）", 0.33, 0.03, "市场监管总局 2024 年公布：企业约三成；取整"},
		{"organizations", "农民专业合作社（93）", 0.015, 0.006, market},
		{"organizations", "机关、事业单位（11、12）", 0.018, 0.006, chosen},
		{"organizations", "社会组织（51、52、53）", 0.018, 0.006, chosen},
	}
	for _, c := range home {
		all = append(all, Share{"regions", c.name, float64(c.weight) / 100, 0.03, chosen})
	}
	return all
}

// What is drawn in parts of 10,000.
const (
	maleHeads    = 5124
	maleChildren = 5200
	singleGiven  = 2000
	rareNames    = 40
	migrants     = 1200
	outsiders    = 40
	minorities   = 830
	uygurs       = 60
	sharedCodes  = 40
)

// households are the shares of households of one to six persons.
var households = newWeighted(24, 29, 20, 14, 8, 5)

// minor are nationalities other than 汉, by their codes.
var minor = []uint8{3, 6, 8, 11, 15, 2, 4, 7, 12, 14}

// nations are where foreigners come from: ISO 3166, alpha-3 and numeric.
var nations = []struct {
	alpha   string
	numeric uint32
}{
	{"USA", 840}, {"JPN", 392}, {"KOR", 410}, {"GBR", 826}, {"DEU", 276}, {"FRA", 250}, {"VNM", 704}, {"PAK", 586}, {"RUS", 643}, {"CAN", 124},
}

var (
	veterans = []string{"退役士兵", "退役军官", "残疾军人", "在乡复员军人"}
	reliefs  = []struct{ code, canonical string }{{"DB", "1"}, {"TK", "2"}, {"LS", "3"}}
	schools  = []string{"第一小学", "实验小学", "湖滨小学", "第一中学", "第二中学", "实验中学", "外国语学校"}
)
