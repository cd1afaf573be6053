package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/calendar"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

type scheduleOptions struct {
	*app
	many     manyFlags
	filter   report.ScheduleFilter
	coach    personFlag
	ics      bool
	output   string
	noAlarms bool
	format   string
}

func newSchedule(app *app) *cobra.Command {
	o := &scheduleOptions{app: app}
	c := &cobra.Command{
		Use:   "schedule [PERSON...]",
		Short: "Show who meets next and when: due, overdue, without a date; and as a calendar",
		Long: `schedule shows everybody's next session, by coach, the most pressing first. An
agreed day is a planned log, or "next" in the last log; without one, the cadence
says when a session is due.

--ics writes the sessions as a calendar for Thunderbird, Google, Outlook and others.
With --output it goes to a file. If coachlog wrote that file before, it is brought up
to date, so subscribed calendars see sessions move or get cancelled. Any other file is
left alone. Times and places come from the plans ("time", "time_zone", "place"), else
from coachlog.yaml. The calendar has no text of a log.`,
		Example: `  coachlog schedule
  coachlog schedule --coach josh --until 2026-07-31
  coachlog schedule rep1 --format json
  coachlog schedule --ics --coach josh --output ~/calendars/josh.ics`,
		ValidArgsFunction: app.completePeople(0),
		RunE: o.writing(func() bool { return o.output != "" && o.many.one(o.app) }, func(c *cobra.Command, args []string) error {
			if o.ics && c.Flags().Changed("format") {
				return errors.New("--ics is a format of its own; leave --format out")
			}
			return o.run(args)
		}),
	}
	o.many.add(c)
	app.personFlag(c, &o.coach, "coach", "only people coached by this `person`")
	app.dateFlag(c, &o.filter.Until, "until", "only people who meet by this `date`, or have no date")
	c.Flags().BoolVar(&o.ics, "ics", false, "write a calendar")
	c.Flags().StringVarP(&o.output, "output", "o", "", "write the calendar to this `file`, or bring it up to date")
	c.Flags().BoolVar(&o.noAlarms, "no-alarms", false, "write a calendar without alarms")
	formatFlag(c, &o.format, report.MessageFormats)
	onFlag(c.MarkFlagFilename("output", "ics"))
	return c
}

func (o *scheduleOptions) run(people []string) error {
	switch {
	case !o.ics && o.output != "":
		return errors.New("--output is for calendars: add --ics")
	case !o.ics && o.noAlarms:
		return errors.New("--no-alarms is for calendars: add --ics")
	case o.ics && !o.filter.Until.IsZero():
		return errors.New("--until is for the list; a calendar has everything to come")
	}
	l, err := o.openLogbooks(&o.many)
	if err != nil {
		return err
	}
	if o.ics && l.union != nil {
		return errors.New("a calendar is of one logbook: name it with -C FOLDER")
	}
	all, missing := l.readEverybody()
	if o.filter.People, err = l.named(people, all.Has); err != nil {
		return err
	}
	if o.filter.Coach, err = o.coach.in(l, all.Has); err != nil {
		return err
	}
	if o.ics {
		return o.calendar(l.all[0], all, missing)
	}
	schedule := report.NewSchedule(all, o.today(), o.filter)
	schedule.Unreadable = missing.unreadable()
	return o.end(missing, o.print(o.format, schedule))
}

// calendar writes the sessions as a calendar.
func (o *scheduleOptions) calendar(w *workspace, all *plan.Everybody, missing missing) error {
	c, err := report.NewCalendar(all, w.shared.SettingsDoc, w.today, o.filter, !o.noAlarms)
	if err != nil {
		return err
	}
	if o.output != "" {
		return o.calendarFile(w, missing, c)
	}
	text, err := c.Write(w.today, o.now(w.today))
	if err != nil {
		return err
	}
	_, err = o.File.Write(text)
	return o.end(missing, err)
}

// now is the moment of writing: the first of the day, where --today names one.
func (o *scheduleOptions) now(today logparse.Date) time.Time {
	if !o.day.IsZero() {
		return today.Time()
	}
	return time.Now()
}

// calendarFile writes a new calendar, or brings an earlier one up to date. Where
// a file could not be read, its sessions would be cancelled: nothing is written.
func (o *scheduleOptions) calendarFile(w *workspace, missing missing, c calendar.Calendar) error {
	if len(missing.unreadable()) > 0 {
		o.tell(o.ErrStyle.Red, "%s was left as it is: sessions that can't be read would be cancelled", o.output)
		return o.sayMissing(missing)
	}
	folder, name, err := logbook.OpenOutput(o.output)
	if err != nil {
		return err
	}
	if !folder.Exists(name) {
		text, err := c.Write(w.today, o.now(w.today))
		if err != nil {
			return err
		}
		if err := folder.Create(name, text, logbook.OutputMode); err != nil {
			return fmt.Errorf("%s: %w", o.output, err)
		}
		_, err = fmt.Fprintln(o.Out, o.output)
		return err
	}
	old, err := logbook.ReadAnyFile(o.output)
	if err != nil {
		return fmt.Errorf("%s can't be brought up to date: %w", o.output, err)
	}
	text, changes, err := c.Update(old, w.today, o.now(w.today))
	if err != nil {
		return hint.New("write to another file, or move this one away first", "%s was left as it is: %w", o.output, err)
	}
	if !bytes.Equal(text, old) {
		if err := folder.Replace(name, old, text); err != nil {
			return fmt.Errorf("%s: %w", folder.Path, err)
		}
	}
	_, err = fmt.Fprintf(o.Out, "%s: %s\n", o.output, report.CalendarChanges(changes))
	return err
}
