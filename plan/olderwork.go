package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// An OlderTask is a task in an adopted log. Nobody agreed it in the sense of the
// method, so it is in no figure; what isn't ticked is worth a look all the same.
type OlderTask struct {
	Log  *Log // that has it last
	Item *logparse.Item
}

// OlderTasks are the tasks of the person's adopted logs of a period that the last
// log to have them left without a mark, in the order of the logs. People copy what
// is open into their next note: such a task is one.
func (p *Person) OlderTasks(period Period) []OlderTask {
	var tasks []OlderTask
	for _, log := range p.HeldLogs() {
		if !log.Adopted.Set || !period.Contains(log.Date) {
			continue
		}
		for _, it := range allTasks(log.Session) {
			text := logparse.NormalText(it.Text)
			tasks = slices.DeleteFunc(tasks, func(t OlderTask) bool { return logparse.NormalText(t.Item.Text) == text })
			tasks = append(tasks, OlderTask{log, it})
		}
	}
	return slices.DeleteFunc(tasks, func(t OlderTask) bool { return t.Item.State != logparse.Open })
}

// LastOlderTasks are those of the last adopted log that has tasks, where the two
// have kept no log of their own since: what there is to speak of when they meet.
func (p *Person) LastOlderTasks() []OlderTask {
	if last := p.LastHeld(); last == nil || !last.Adopted.Set {
		return nil
	}
	var latest *Log
	for _, log := range p.HeldLogs() {
		if log.Adopted.Set && len(allTasks(log.Session)) > 0 {
			latest = log
		}
	}
	return slices.DeleteFunc(p.OlderTasks(AllTime), func(t OlderTask) bool { return t.Log != latest })
}

func allTasks(s *logparse.Session) []*logparse.Item {
	var tasks []*logparse.Item
	var visit func([]*logparse.Item)
	visit = func(items []*logparse.Item) {
		for _, it := range items {
			if it.IsTask() && it.Text != "" {
				tasks = append(tasks, it)
			}
			visit(it.Items)
		}
	}
	for _, section := range s.Sections {
		visit(section.Items)
	}
	return tasks
}
