package schemas

// AppendRow adds a copy of claim i of another block of the same base, without raw cells.
func (b *ClaimBlock) AppendRow(from *ClaimBlock, i int) {
	b.Key.Append(from.Key.At(i))
	b.KeyHash = append(b.KeyHash, from.KeyHash[i])
	b.Delivery = append(b.Delivery, from.Delivery[i])
	b.Position = append(b.Position, from.Position[i])
	b.Event = append(b.Event, from.Event[i])
	b.RowHash = append(b.RowHash, from.RowHash[i])
	b.Gone = append(b.Gone, from.Gone[i])
	b.States = append(b.States, from.StatesOf(i)...)
	b.Base.appendItems(b.Items, from.Items, i)
	b.Failed.Append(from.Failed.At(i)...)
}

// AppendRow adds a copy of row i of another block of the same base.
func (g *GoldenBlock) AppendRow(from *GoldenBlock, i int) {
	n := len(g.Base.Items)
	g.Key.Append(from.Key.At(i))
	g.KeyHash = append(g.KeyHash, from.KeyHash[i])
	g.Version = append(g.Version, from.Version[i])
	g.Gone = append(g.Gone, from.Gone[i])
	g.Due = append(g.Due, from.Due[i])
	g.States = append(g.States, from.States[i*n:(i+1)*n]...)
	g.Reasons = append(g.Reasons, from.Reasons[i*n:(i+1)*n]...)
	g.Origins = append(g.Origins, from.Origins[i*n:(i+1)*n]...)
	g.Base.appendItems(g.Items, from.Items, i)
	g.Winners = append(g.Winners, from.WinnersOf(i)...)
	g.WinnerEnds = append(g.WinnerEnds, uint32(len(g.Winners)))
	g.Conflicts = append(g.Conflicts, from.ConflictsOf(i)...)
	g.ConflictEnds = append(g.ConflictEnds, uint32(len(g.Conflicts)))
	g.Findings.Append(from.Findings.At(i)...)
	if len(g.Base.Links) == 0 {
		return
	}
	g.Aliases = append(g.Aliases, from.AliasesOf(i)...)
	g.AliasEnds = append(g.AliasEnds, uint32(len(g.Aliases)))
	g.Linked.Append(from.Linked.At(i))
	g.Waiting = append(g.Waiting, from.WaitingOf(i)...)
	g.WaitingEnds = append(g.WaitingEnds, uint32(len(g.Waiting)))
	g.WaitingWhy = append(g.WaitingWhy, from.WaitingWhy[i])
}

func (b *Base) appendItems(to, from []Column, i int) {
	for k := range b.Items {
		if b.Items[k].Type.Textual() {
			to[k].Text.Append(from[k].Text.At(i))
		} else {
			to[k].Int = append(to[k].Int, from[k].Int[i])
		}
	}
}
