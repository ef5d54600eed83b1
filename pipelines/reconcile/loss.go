package reconcile

import "jiku/schemas"

// Loss says why a candidate did not win. The list is closed.
type Loss string

// The losses: a candidate that does not compete, or the rule that ended its course.
const (
	LossSilent    Loss = "silent"
	LossUnknown   Loss = "unknown"
	LossVoid      Loss = "void"
	LossWithdrawn Loss = "withdrawn"
	LossNoEntity  Loss = "no_entity"
	LossStale     Loss = "stale"
	LossRuling    Loss = "ruling"
	LossPin       Loss = "pin"
	LossAuthority Loss = "authority"
	LossHandover  Loss = "handover"
	LossEvent     Loss = "event"
	LossQuorum    Loss = "quorum"
	LossReceived  Loss = "received"
	LossOrder     Loss = "order"
	LossVote      Loss = "vote"
	LossLatest    Loss = "latest"
	LossPriority  Loss = "priority"
)

// Losses lists every loss, for documentation and for the test that each has its sentence.
func Losses() []Loss {
	return []Loss{LossSilent, LossUnknown, LossVoid, LossWithdrawn, LossNoEntity, LossStale, LossRuling, LossPin, LossAuthority,
		LossHandover, LossEvent, LossQuorum, LossReceived, LossOrder, LossVote, LossLatest, LossPriority}
}

// Title is the loss in Chinese, as shown to departments; empty outside the list.
func (l Loss) Title() string {
	switch l {
	case LossSilent:
		return "未提供该数据项"
	case LossUnknown:
		return "报为不详"
	case LossVoid:
		return "未通过校验，不参与取值"
	case LossWithdrawn:
		return "已撤回，不参与取值"
	case LossNoEntity:
		return "无确立来源，不参与取值"
	case LossStale:
		return "已过期"
	case LossRuling:
		return "裁定另有所依"
	case LossPin:
		return "锁定另有所依"
	case LossAuthority:
		return "以责任部门为准"
	case LossHandover:
		return "递补次序靠后"
	case LossEvent:
		return "业务时间较早"
	case LossQuorum:
		return "认同的部门较少"
	case LossReceived:
		return "报送时间较早"
	case LossOrder:
		return "各项相同，定序靠后"
	case LossVote:
		return "得票较少"
	case LossLatest:
		return "不是最新"
	case LossPriority:
		return "优先次序靠后"
	default:
		return ""
	}
}

// lossOf turns the rule that ended a candidate's course into a loss.
func lossOf(why schemas.Why, fresh bool) Loss {
	switch why {
	case schemas.WhyRuling, schemas.WhyPin:
		return Loss(why.String())
	case schemas.WhyStale: // all were stale, and this one stood lower in the register
		return LossHandover
	}
	if !fresh && why != schemas.WhyOrder {
		return LossStale
	}
	return Loss(why.String())
}

// lossOfState is the loss of a candidate that does not compete.
func lossOfState(s schemas.State) Loss {
	switch s {
	case schemas.Unknown:
		return LossUnknown
	case schemas.Void:
		return LossVoid
	case schemas.Withdrawn:
		return LossWithdrawn
	default:
		return LossSilent
	}
}
