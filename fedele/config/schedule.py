"""Every recurring job of the product, on one page.

Job → when, as minute, hour, day of month, month, day of week in the company's time zone. The worker enqueues what is
due, once, however many workers there are; what was due while none ran is made up for once.
"""

JOBS: dict[str, str] = {
    "fedele.inbox.fetching.jobs.read_all": "* * * * *",
    "fedele.calendar.activities.reminding.remind": "* * * * *",
    "fedele.calendar.activities.asking.press": "*/5 * * * *",
    "fedele.inbox.sending.housekeeping.settle": "*/10 * * * *",
    "fedele.people.profiles.notices.tell_agreements_due": "15 7 * * *",
    "fedele.people.consents.noticing.tell_of_due": "30 6 * * *",
    "fedele.knowledge.documents.ending.tell_of_ending": "20 7 * * *",
    "fedele.knowledge.files.sweeping.sweep": "30 3 * * *",
    "fedele.inbox.pictures.sweeping.sweep": "20 3 * * *",
    "fedele.billing.notices.tell_steps_due": "10 7 * * *",
    "fedele.notices.digest.send_digests": "0 * * * *",
    "fedele.notices.holding.release": "* * * * *",
    "fedele.notices.housekeeping.prune": "40 3 * * *",
    "fedele.people.privacy.retention.keep_periods": "10 2 * * *",
    "fedele.people.dossiers.many.prune": "30 3 * * *",
    "fedele.people.lifecycle.nightly.settle_due": "20 0 * * *",
    "fedele.people.duplicates.queue.searching.nightly": "10 2 * * *",
    "fedele.records.exchange.housekeeping.discard_drafts": "50 3 * * *",
    "fedele.people.handovers.moving.carry_out_due": "5 * * * *",
    "fedele.records.merging.keeping.prune": "50 3 * * *",
    "fedele.records.tally.keeping.fold": "*/10 * * * *",
    "fedele.inbox.calls.declared.prune": "45 3 * * *",
    "fedele.inbox.presence.here.sweep": "35 3 * * *",
    "fedele.tasks.housekeeping.prune": "20 3 * * *",
}
