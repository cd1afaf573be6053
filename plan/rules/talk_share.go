package rules

import (
	"cmp"

	"github.com/coachlog/coachlog/logparse"
)

// Under half of the talking, a session has become a lecture.
const (
	talkFloor = 50
	usualAim  = 80
)

var talkShare = &Rule{
	ID: "talk-share", Title: "The coachee does most of the talking",
	Tier: Method, Severity: logparse.Warning, looksAt: sessions, Requirements: []int{54},
	Why:  "The aim is that the coachee does 80 % of the talking: people act on what they said themselves. Under half, mostly the coach was heard.",
	Bad:  "talk: 35",
	Good: "talk: 80",
	find: func(f *finder) {
		talk, own := f.log.Talk, f.Settings.TalkAim
		aim := cmp.Or(own.V, usualAim)
		if talk.Set && (talk.V < talkFloor || own.Set && talk.V < aim) {
			f.at(talk.Span, "the coach did %d%% of the talking, and people act on what they said themselves", 100-talk.V).
				todo("ask more open questions next time; %d%% for the coachee is the aim", aim)
		}
	},
}
