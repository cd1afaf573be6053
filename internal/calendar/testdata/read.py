"""Reads a calendar with a second, independent parser and says what it holds."""

import datetime
import json
import sys

import icalendar

calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
zones = {str(zone["TZID"]): zone.to_tz() for zone in calendar.walk("VTIMEZONE")}


def utc(prop):
    """The moment by the parser's own time zones, and by those of the file."""
    if not isinstance(prop.dt, datetime.datetime):
        return [prop.dt.isoformat()]
    if "TZID" not in prop.params:
        return [prop.dt.isoformat()]
    zone = zones[prop.params["TZID"]]
    naive = prop.dt.replace(tzinfo=None)
    own = zone.localize(naive) if hasattr(zone, "localize") else naive.replace(tzinfo=zone)
    return [t.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%MZ") for t in (prop.dt, own)]


events = []
for event in calendar.walk("VEVENT"):
    events.append({
        "uid": str(event["UID"]),
        "summary": str(event["SUMMARY"]),
        "place": str(event.get("LOCATION", "")),
        "description": str(event["DESCRIPTION"]),
        "status": str(event["STATUS"]),
        "sequence": int(event["SEQUENCE"]),
        "stamp": event["DTSTAMP"].dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "start": utc(event["DTSTART"]),
        "end": utc(event["DTEND"]),
        "alarms": [int(alarm["TRIGGER"].dt.total_seconds()) for alarm in event.walk("VALARM")],
        "keys": sorted(event.keys()),
        "errors": [str(e) for e in event.errors],
    })
json.dump({"name": str(calendar["X-WR-CALNAME"]), "zones": sorted(zones), "events": events}, sys.stdout)
