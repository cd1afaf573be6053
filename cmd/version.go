package cmd

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
)

func newVersion(app *app) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "version",
		Short: "Show the version of coachlog",
		Long: `version shows the version, the commit that it was built of with its date, the Go that built
it and the system, and the newest format of logbooks that it knows. Builds outside of a
clone of coachlog don't know their commit.`,
		Example: `  coachlog version
  coachlog version --format json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return app.print(format, buildOf()) },
	}
	formatFlag(c, &format, plainFormats)
	return c
}

// A build is what the build recorded about this program.
type build struct {
	Version string `json:"version"`
	Commit  string `json:"commit,omitempty"`
	Date    string `json:"date,omitempty"` // the commit's, so that the same commit gives the same bytes
	Changed bool   `json:"changed,omitempty"`
	Go      string `json:"go"`
	System  string `json:"system"`
	Format  int    `json:"format"` // of logbooks, the newest
}

func buildOf() build {
	b := build{Version: version(), Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, Format: logparse.NewestFormat}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				b.Commit = s.Value
			case "vcs.time":
				b.Date = s.Value
			case "vcs.modified":
				b.Changed = s.Value == "true"
			}
		}
	}
	return b
}

// Text is the build for people.
func (b build) Text(terminal.Style) string {
	text := fmt.Sprintf("coachlog %s (%s, %s)\n", b.Version, b.Go, b.System)
	if b.Commit != "" {
		text += "commit " + b.Commit[:min(10, len(b.Commit))]
		if b.Changed {
			text += ", with changes"
		}
		day, _, _ := strings.Cut(b.Date, "T")
		text += " of " + day + "\n"
	}
	return text + fmt.Sprintf("logbook format %d\n", b.Format)
}

// version is the module's version, as the build recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
