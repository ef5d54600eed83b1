package reconcile

import "jiku/schemas"

// byVotes keeps the candidates with the most votes.
func (w *Worker) byVotes(why schemas.Why) {
	c := &w.contest
	if len(c.live) == 1 {
		return
	}
	w.callVoters()
	c.votes = c.votes[:0]
	for len(c.votes) < len(w.key.candidates) {
		c.votes = append(c.votes, 0)
	}
	most := int32(0)
	for _, i := range c.live {
		for _, v := range c.voters {
			if w.relation(w.key.candidates[v], w.key.candidates[i], c.s.lead) != schemas.Different {
				c.votes[i]++
			}
		}
		most = max(most, c.votes[i])
	}
	w.keep(why, func(i int32) bool { return c.votes[i] == most })
}

// callVoters finds who votes: each department with its newest fresh competing claim
// (newest of all if none is fresh), those that were overruled by earlier rules too, since
// they have an opinion. Feeds that copy from another do not vote.
func (w *Worker) callVoters() {
	c := &w.contest
	c.voters = c.voters[:0]
pool:
	for _, i := range c.pool {
		f := &w.p.feeds[w.key.candidates[i].feed]
		if f.copies || c.anyFresh && !c.fresh[i] {
			continue
		}
		for _, v := range c.voters {
			if w.p.feeds[w.key.candidates[v].feed].department == f.department {
				continue pool // base order: the newest came first
			}
		}
		c.voters = append(c.voters, i)
	}
}
