"""The rows of one block, table by table, and the journal entries among them."""

from __future__ import annotations

from json.encoder import encode_basestring_ascii as quoted
from random import Random
from typing import Any

from fedele.demo.world import BATCHES, ENTRIES, SHARED_BATCHES, World, days_until

#: Table → the columns of its rows, in their order. Others are always empty, or get the default of their field.
COLUMNS: dict[str, tuple[str, ...]] = {
    "journal_batch": ("id", "kind", "record_type", "title", "actor_id", "at", "data"),
    "people_company": (
        "id", "number", "owner_id", "team_id", "version", "created_at", "updated_at", "name", "kind", "parent_id",
        "key_account",
        "sector", "size", "business", "purchase_habits", "payment_habits", "needs", "growth_potential",
        "share_of_wallet", "readiness",
        "street", "postcode", "city", "province", "country", "vat_number", "tax_code", "phone", "email", "pec",
        "sdi_code", "website", "notes",
    ),
    "people_contact": (
        "id", "number", "owner_id", "team_id", "version", "created_at", "updated_at", "first_name", "last_name",
        "company_id", "job", "email",
        "phone", "mobile", "tax_code", "preferred_channel", "language", "postcode", "city", "province", "country",
    ),
    "people_role": ("contact_id", "company_id", "job", "decision", "since"),
    "people_lead": (
        "id", "number", "owner_id", "team_id", "version", "created_at", "updated_at", "stage", "stage_since",
        "dead_reason", "company_id",
        "contact_id", "converted_at", "first_name", "last_name", "company_name", "job", "email", "phone", "mobile",
        "website", "sector",
        "source", "interest", "notes", "street", "postcode", "city", "province", "country",
    ),
    "sales_opportunity": (
        "id", "number", "owner_id", "team_id", "version", "created_at", "updated_at", "process_id", "stage_id",
        "stage_since", "probability",
        "closes_on", "outcome", "closed_on", "loss_reason", "competitor", "outcome_note", "name", "company_id",
        "contact_id", "lead_id",
        "amount", "currency", "next_step", "next_step_on", "needs", "notes",
    ),
    "people_observation": (
        "id", "number", "owner_id", "team_id", "version", "created_at", "updated_at", "kind", "text", "value",
        "company_id", "contact_id", "said_by", "source", "noted_on",
    ),
    "people_agreement": (
        "id", "number", "owner_id", "team_id", "version", "created_at", "updated_at", "subject", "side", "formal",
        "company_id", "contact_id", "said_by", "source", "made_on", "due_on", "state", "settled_on",
    ),
    "billing_dispute": (
        "id", "number", "owner_id", "team_id", "version", "created_at", "updated_at", "subject", "company_id",
        "contact_id", "reason", "amount", "currency", "opened_on", "state", "review_on", "closed_on", "next_step",
        "next_step_on",
    ),
    "billing_openitem": (
        "id", "number", "owner_id", "team_id", "version", "created_at", "updated_at", "document", "kind", "company_id",
        "amount", "paid", "residual", "issued_on", "due_on", "paid_on", "state", "days_to_pay", "days_late", "currency",
        "method", "order_ref", "reminders", "promised_on", "dispute_id",
    ),
    "journal_entry": (
        "id", "at", "actor_id", "door", "kind", "record_type", "record_id", "title", "changes", "data", "batch_id",
    ),
    "journal_link": ("entry_id", "record_type", "record_id", "at"),
    "people_matchkey": ("key", "record_type", "record_id"),
    "search_document": ("id", "record_type", "title", "name", "words"),
}  # fmt: skip
NOTHING = "{}"


class Sheets:
    """Where a block writes: `rows` by table; `tell` for the journal."""

    def __init__(self, world: World, block: int) -> None:
        self.world = world
        self.block = block
        self.days = days_until(world.today)
        self.random = Random(f"{world.seed} {world.today} {block}")
        self.rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
        self._entry = world.entry + block * ENTRIES
        self._last_entry = self._entry + ENTRIES
        self._batch = world.batch + SHARED_BATCHES + block * BATCHES
        self._last_batch = self._batch + BATCHES

    def pick(self, some: Any) -> Any:
        return some[int(self.random.random() * len(some))]

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def tell(
        self,
        moment: int,
        kind: str,
        record_id: int,
        title: str,
        *,
        by: int | None,
        door: str = "screen",
        changes: str = NOTHING,
        data: str = NOTHING,
        batch: int | None = None,
        links: tuple[tuple[str, int], ...] = (),
    ) -> tuple[int, str]:
        """Writes an entry and its links to other timelines; `changes` and `data` are JSON. Its id and moment."""
        self._entry += 1
        at = self.days.stamp(moment)
        record_type = kind[: kind.index(".")]
        self.rows["journal_entry"].append(
            (self._entry, at, by, door, kind, record_type, record_id, title, changes, data, batch)
        )
        for linked_type, linked_id in links:
            self.rows["journal_link"].append((self._entry, linked_type, linked_id, at))
        return self._entry, at

    def note(
        self, moment: int, record_type: str, record_id: int, title: str, text: str, **more: Any
    ) -> tuple[int, str]:
        return self.tell(moment, f"{record_type}.noted", record_id, title, data=f'{{"text": {quoted(text)}}}', **more)

    def link(self, entries: list[tuple[int, str]], record_type: str, record_id: int) -> None:
        """What happened to one record also belongs on the timeline of another from now on."""
        self.rows["journal_link"] += [(entry, record_type, record_id, at) for entry, at in entries]

    def open_batch(self, moment: int, kind: str, record_type: str, title: str, by: int, data: str = NOTHING) -> int:
        self._batch += 1
        self.rows["journal_batch"].append(
            (self._batch, kind, record_type, title[:200], by, self.days.stamp(moment), data)
        )
        return self._batch

    def check(self) -> None:
        """The ids set aside for a block must do: the next block's begin behind them."""
        if self._entry > self._last_entry or self._batch > self._last_batch:
            raise OverflowError(f"block {self.block} needs more journal entries or batches than are set aside for it")
