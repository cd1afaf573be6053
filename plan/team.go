package plan

// TeamOf is the name of a person's team, by their plan, else by the settings; ""
// where neither says.
func (p *Person) TeamOf() string {
	switch {
	case p.Plan != nil && p.Plan.Team.Set:
		return p.Plan.Team.V
	case p.Settings != nil && p.Settings.Team.Set:
		return p.Settings.Team.V
	}
	return ""
}
