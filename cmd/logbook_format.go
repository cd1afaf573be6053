package cmd

import (
	"errors"
	"fmt"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
)

// checkFormat refuses a logbook whose format this coachlog doesn't know, and says once that
// a newer one than the logbook's is there.
func (a *app) checkFormat(place string, settings *logparse.Settings) error {
	switch format := settings.WholeFormat(); {
	case format > logparse.NewestFormat:
		return hint.New("install a newer coachlog; coachlog version says which one this is",
			"the logbook %s has format %d, and this coachlog knows formats 1 to %d", place, format, logparse.NewestFormat)
	case format == logparse.UnclearFormat:
		return hint.New(fmt.Sprintf("write the number alone, as in format: %d; without the key it is format 1", logparse.NewestFormat),
			"`format` in %s of the logbook %s isn't a whole number", logbook.SettingsName, place)
	case format == 1 && !a.formatSaid:
		a.formatSaid = true
		a.tell(a.ErrStyle.Yellow, "this logbook has format 1, where an open box in Follow-through meant not done; to move it to format %d: coachlog migrate", logparse.NewestFormat)
	}
	return nil
}

// findAny is find for what works outside of a logbook as well: nil where there is none.
func (a *app) findAny() (*logbook.Dir, error) {
	dir, err := a.find()
	if errors.Is(err, logbook.ErrNotFound) {
		return nil, nil
	}
	return dir, err
}
