/* <calendar-grid data-grid data-library data-page data-new>: draws the days of some people as a grid (EventCalendar), with the
   same acts as the list beside it. Loaded by the page of the calendar alone.
   data-grid: {view, first, day, days, scroll, from, to, resources, events, feed, owner}; data-library and data-page: modules.
   A thing moved or made longer is posted to /calendar/move/{id}/ (day, at, minutes, owner, version); refused, it goes back and
   the answer is shown in the dialog. data-new: the address of the form for a free hour, to which it is added. */
const SWIPE = 70;
const VIEWS = { day: "timeGridDay", week: "timeGridWeek", month: "dayGridMonth", people: "resourceTimelineMonth", list: "timeGridWeek" };
const ROLES = ["role", "aria-colindex", "aria-rowindex", "aria-colspan"];
const two = (number) => String(number).padStart(2, "0");
const dayOf = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
const timeOf = (date) => `${two(date.getHours())}:${two(date.getMinutes())}`;
const minutesBetween = (from, to) => Math.round((to - from) / 60000);

class CalendarGrid extends HTMLElement {
  plainly = new MutationObserver(() => this.plain());

  async connectedCallback() {
    this.grid = JSON.parse(this.dataset.grid);
    this.renew = (event) => this.changed(event.detail);
    document.body.addEventListener("fedele:changed", this.renew);
    this.swipes(document.getElementById("agenda"));
    // For whom an hour is chosen stands at the top: then that is what is seen first.
    if (matchMedia("(max-width: 47.99rem)").matches && !document.querySelector(".planner-for")) document.querySelector(".agenda .today")?.scrollIntoView({ block: "center" });
    const [{ default: EventCalendar }, page] = await Promise.all([import(this.dataset.library), import(this.dataset.page)]);
    this.page = page;
    this.plainly.observe(this, { subtree: true, childList: true, attributes: true, attributeFilter: ROLES });
    this.calendar = EventCalendar.create(this, this.options());
    this.setAttribute("data-drawn", "");
  }

  disconnectedCallback() {
    document.body.removeEventListener("fedele:changed", this.renew);
    this.plainly.disconnect();
  }

  options() {
    const { view, first, day, scroll, from, to, resources, events } = this.grid;
    const clock = { hour: "2-digit", minute: "2-digit", hour12: false };
    return {
      view: view === "day" && resources.length > 1 ? "resourceTimeGridDay" : VIEWS[view], date: view === "month" ? day : first, events, resources,
      // Days before months, as everywhere else here.
      locale: this.dataset.language === "en" ? "en-GB" : this.dataset.language, firstDay: 1, headerToolbar: { start: "", center: "", end: "" }, height: view === "month" ? "calc(100vh - 13.5rem)" : "auto",
      slotMinTime: from, slotMaxTime: to, flexibleSlotTimeLimits: true, scrollTime: scroll, nowIndicator: true, displayEventEnd: false, dayMaxEvents: true,
      slotDuration: "00:30:00", snapDuration: "00:15:00", slotHeight: 26, slotLabelFormat: clock, eventTimeFormat: clock,
      allDayContent: this.dataset.saidAllDay, longPressDelay: 250, selectMinDistance: 8, selectable: Boolean(this.dataset.new),
      editable: false, eventDurationEditable: undefined,
      views: {
        dayGridMonth: { duration: { months: 1 } },
        resourceTimelineMonth: {
          duration: { weeks: 1 }, slotDuration: { days: 1 }, snapDuration: undefined, slotMinTime: "00:00", slotMaxTime: "24:00",
          dayHeaderFormat: { weekday: "short", day: "numeric", month: "numeric" }, nowIndicator: false,
        },
      },
      moreLinkContent: ({ num }) => `+ ${num} ${this.dataset.saidMore}`,
      resourceLabelContent: ({ resource }) => this.label(resource), eventContent: (info) => this.content(info),
      eventDidMount: ({ event, el }) => { el.title = [event.title, event.extendedProps.line].filter(Boolean).join(" · "); },
      eventClick: ({ event }) => this.opened(event), eventDrop: (info) => this.moved(info), eventResize: (info) => this.moved(info),
      dateClick: (info) => this.free(info.date, null, info), select: (info) => this.free(info.start, info.end, info),
    };
  }

  /** The library calls itself a table without being one in all its parts; what is read out is the list. Whenever it draws: nobody hears it before. */
  plain() {
    for (const name of ROLES) this.page.all(`[${name}]`, this).forEach((one) => one.removeAttribute(name));
  }

  /** Words as text, never as markup: what a customer is called is not ours. */
  content({ event, timeText }) {
    if (event.display === "background") return { domNodes: [] };
    const made = (tag, words) => Object.assign(document.createElement(tag), { textContent: words });
    const lines = [event.allDay ? null : made("time", timeText), made("b", event.title), event.extendedProps.line ? made("small", event.extendedProps.line) : null];
    return { domNodes: lines.filter(Boolean) };
  }
  label(resource) {
    const name = Object.assign(document.createElement("span"), { textContent: resource.title });
    const load = Object.assign(document.createElement("small"), { textContent: resource.extendedProps.load });
    return { domNodes: [name, load] };
  }

  opened({ id, extendedProps }) {
    if (extendedProps.moves?.startsWith("/calendar/series/")) htmx.ajax("GET", extendedProps.moves, { target: "#dialog-body" });
    else if (extendedProps.url) document.dispatchEvent(new CustomEvent("fedele:peek", { detail: { url: `${extendedProps.url}peek/`, id } }));
  }

  async moved(info) {
    const { event } = info, owner = (info.newResource ?? { id: event.resourceIds[0] }).id;
    const { minutes = "", at = "", version, moves } = event.extendedProps, last = new Date(event.end - 1);
    const data = { day: dayOf(event.start), at: event.allDay ? at : timeOf(event.start), minutes, owner, version };
    // Made longer: by hours on the day, or by days.
    if (info.endDelta && (event.allDay || dayOf(last) !== dayOf(event.start))) data.until = dayOf(last);
    else if (info.endDelta) data.minutes = minutesBetween(event.start, event.end);
    const answer = await this.page.send(moves, { data });
    if (answer.ok) return;
    info.revert();
    if ([403, 404, 409, 422].includes(answer.status) && answer.body.trim()) this.dialog(answer.body);
  }
  dialog(body) {
    this.page.one("#dialog-body").innerHTML = body;
    htmx.process(this.page.one("#dialog-body"));
    this.page.one("#dialog").showModal();
  }
  free(from, to, { allDay, resource }) {
    if (!this.dataset.new) return;
    const asked = { due_on: dayOf(from), owner: resource?.id ?? this.grid.owner };
    if (!allDay && this.grid.view !== "people" && this.grid.view !== "month") asked.due_at = timeOf(from);
    if (asked.due_at && to) asked.minutes = minutesBetween(from, to);
    this.calendar.unselect();
    htmx.ajax("GET", `${this.dataset.new}${new URLSearchParams(asked)}`, { target: "#dialog-body" });
  }

  /** Something was changed by whatever means: grid and list are read anew. */
  async changed({ type }) {
    if (type !== "activity" || !this.calendar) return;
    htmx.ajax("GET", location.href, { target: "#agenda", select: "#agenda", swap: "outerHTML" });
    const answer = await this.page.send(this.grid.feed, { method: "GET" });
    if (answer.ok) this.calendar.setOption("events", JSON.parse(answer.body).events);
  }

  /** On a phone the days are turned like pages. */
  swipes(list) {
    let start = null;
    list?.addEventListener("touchstart", ({ touches: [touch] }) => { start = { x: touch.clientX, y: touch.clientY }; }, { passive: true });
    list?.addEventListener("touchend", ({ changedTouches: [touch] }) => {
      const across = touch.clientX - (start?.x ?? touch.clientX), along = Math.abs(touch.clientY - (start?.y ?? 0));
      if (Math.abs(across) < SWIPE || along > SWIPE / 2) return;
      document.querySelector(across > 0 ? "[data-before]" : "[data-after]")?.click();
    }, { passive: true });
  }
}

customElements.define("calendar-grid", CalendarGrid);
