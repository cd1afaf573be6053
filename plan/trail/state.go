package trail

import "github.com/coachlog/coachlog/plan"

// state is what is known at one commit on the way.
type state struct {
	byID      map[string]*plan.Commit
	withdrawn map[string]bool                    // sign-offs
	signed    map[string]map[string]plan.SignOff // by path, then by person: the latest
	agreed    map[string]plan.SignOff            // by path: the one that completed the latest agreement of both
	seen      map[string]*plan.Commit            // by path: the commit that recorded it first
	last      map[string]*plan.Commit            // by path: the commit that changed it last
	moved     map[string]movedTerm               // by path, term and item
	gone      map[string]goneLog                 // by path: what was deleted and isn't back as it was
	open      map[string]map[string][]int        // by path, then by person: findings that their sign-off ends
	unheld    map[string]string                  // by path: the last held text of a log that says no longer that it was held
}

func newState(commits []*plan.Commit, withdrawn map[string]bool) state {
	s := state{
		byID: make(map[string]*plan.Commit, len(commits)), withdrawn: withdrawn, open: make(map[string]map[string][]int), unheld: make(map[string]string), moved: make(map[string]movedTerm), gone: make(map[string]goneLog),
		signed: make(map[string]map[string]plan.SignOff), agreed: make(map[string]plan.SignOff), seen: make(map[string]*plan.Commit), last: make(map[string]*plan.Commit),
	}
	for _, c := range commits {
		s.byID[c.ID] = c
	}
	return s
}
