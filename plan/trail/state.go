package trail

import (
	"cmp"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// state is what is known at one commit on the way.
type state struct {
	withdrawn    func(plan.SignOff) bool
	signed       map[string]map[string]plan.SignOff // by path, then by person: the latest
	agreed       map[string]plan.SignOff            // by path: the one that completed the latest agreement of both
	seen         map[string]*plan.Commit            // by path: the commit that recorded it first
	gone         map[string]goneLog                 // by path: what was deleted and isn't back as it was
	open         map[string]map[string][]int        // by path, then by person: findings that their sign-off ends
	unheld       map[string]string                  // by path: the last held text of a log that says no longer that it was held
	heldOn       map[string]logparse.Date           // by path: the day on which a log first said so, where that came late
	goneSettings map[string]string                  // the last version of settings that were deleted
	latestLog    map[string]logparse.Date           // by folder: the day of the latest log in it
	rows         map[rowKey]knownRow                // the values of metrics files
	typed        map[string]*logparse.Item          // by file and id: the line before typos in it were put right
	rowsAt       string                             // the commit of standingRows
	standingRows map[rowKey][]float64               // the values that are there after it
	later        []laterChange
}

func newState(withdrawn func(plan.SignOff) bool) state {
	return state{
		withdrawn: withdrawn, signed: make(map[string]map[string]plan.SignOff), agreed: make(map[string]plan.SignOff),
		seen: make(map[string]*plan.Commit), gone: make(map[string]goneLog),
		open: make(map[string]map[string][]int), unheld: make(map[string]string),
		heldOn: make(map[string]logparse.Date), goneSettings: make(map[string]string), latestLog: make(map[string]logparse.Date), rows: make(map[rowKey]knownRow),
	}
}

// Documents reads one version of a file: the path is the logbook's, the id that of
// the content. An id "" is no document. Versions are asked for again and again.
type Documents func(path, id string) (*logparse.Document, error)

// A reader reads versions of files until one can't be read: then nothing counts any more
// but err.
type reader struct {
	read Documents
	err  error
}

// text is one version of a file; nil where there is none, or after an error.
func (t *reader) text(path, id string) *logparse.Document {
	if t.err != nil {
		return nil
	}
	doc, err := t.read(path, id)
	t.fail(err)
	return doc
}

func (t *reader) fail(err error) { t.err = cmp.Or(t.err, err) }
