package schemas

// State says what a claim knows of one item. The letters are stored, one byte an item, in
// the column `states` of claims and `state` of golden rows.
type State byte

// The states of an item in a claim.
const (
	Silent    State = '-' // The feed does not carry the item.
	Valued    State = 'v' // The source gives a value.
	None      State = 'n' // The source says that there is none (无).
	Unknown   State = 'u' // The source does not know (不详), or left a due value blank.
	Withdrawn State = 'w' // The source takes its earlier value back, or the row left a snapshot.
	Void      State = 'x' // The value failed a hard check and does not count.
)

// Competes reports whether an item in this state takes part in choosing the winner; the
// other states hand over to the next source.
func (s State) Competes() bool { return s == Valued || s == None || s == Withdrawn }

// Title is the state in Chinese, as shown to departments.
func (s State) Title() string {
	switch s {
	case Silent:
		return "未提供"
	case Valued:
		return "有值"
	case None:
		return "无"
	case Unknown:
		return "不详"
	case Withdrawn:
		return "已撤回"
	case Void:
		return "无效"
	default:
		return "未知状态"
	}
}

// String is the state's English name.
func (s State) String() string {
	switch s {
	case Silent:
		return "silent"
	case Valued:
		return "value"
	case None:
		return "none"
	case Unknown:
		return "unknown"
	case Withdrawn:
		return "withdrawn"
	case Void:
		return "void"
	default:
		return "state?"
	}
}

// Why says which rule of the cascade decided an item of a golden record. The list is
// closed; the letters are stored, one byte an item, in the column `reason`.
type Why byte

// The reasons of a golden item, in the order of the cascade and then the policies.
const (
	WhyNothing   Why = '-' // Nothing competes.
	WhyRuling    Why = 'R' // A ruling in force.
	WhyPin       Why = 'P' // A steward's pin in force.
	WhyAuthority Why = 'A' // The register's source department.
	WhyHandover  Why = 'H' // The first fallback after a silent, stale or void source.
	WhyEvent     Why = 'E' // The newest event time.
	WhyQuorum    Why = 'Q' // Most departments.
	WhyReceived  Why = 'T' // The newest received time.
	WhyOrder     Why = 'O' // Feed name and ref, the last tie-break.
	WhyOnly      Why = '1' // One candidate.
	WhyAgreed    Why = '=' // All candidates equal.
	WhyStale     Why = 'S' // Every source is stale; the register's first keeps its value.
	WhyVote      Why = 'V' // Policy vote.
	WhyLatest    Why = 'L' // Policy latest.
	WhyPriority  Why = 'F' // Policy priority.
)

// whys gives each reason its name and its sentence for departments.
var whys = map[Why][2]string{
	WhyNothing:   {"none", "没有可用的来源"},
	WhyRuling:    {"ruling", "依裁定文书"},
	WhyPin:       {"pin", "由数据管理员锁定"},
	WhyAuthority: {"authority", "一数一源：取自责任部门"},
	WhyHandover:  {"handover", "责任部门未提供有效值，由后备部门递补"},
	WhyEvent:     {"event", "取业务时间最新的值"},
	WhyQuorum:    {"quorum", "取多数部门一致的值"},
	WhyReceived:  {"received", "取最近报送的值"},
	WhyOrder:     {"order", "各项相同，按数源名称和位置定序"},
	WhyOnly:      {"only", "仅一个来源"},
	WhyAgreed:    {"agreed", "各来源一致"},
	WhyStale:     {"stale", "各来源均已过期，暂留责任部门原值"},
	WhyVote:      {"vote", "按多数表决取值"},
	WhyLatest:    {"latest", "按最新取值"},
	WhyPriority:  {"priority", "按优先次序取值"},
}

// Whys lists every reason, for documentation and for the test that each is known.
func Whys() []Why {
	return []Why{WhyNothing, WhyRuling, WhyPin, WhyAuthority, WhyHandover, WhyEvent, WhyQuorum, WhyReceived,
		WhyOrder, WhyOnly, WhyAgreed, WhyStale, WhyVote, WhyLatest, WhyPriority}
}

// String is the reason's English name, as it stands in JSON and in the provenance view.
func (w Why) String() string { return whys[w][0] }

// Title is the reason's sentence in Chinese; it is empty for a byte outside the list.
func (w Why) Title() string { return whys[w][1] }
