"""What accounting programs call their columns: the «scadenzario clienti» of those in use in Italy, and English ones."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "document": (
        "numero documento", "n. documento", "num. documento", "n. doc.", "num. doc.", "nr documento", "doc.", "documento",
        "numero fattura",
        "n. fattura", "fattura", "numero doc", "rif. documento", "document number", "invoice number", "invoice", "document",
    ),
    "kind": ("tipo documento", "tipo doc.", "tipo", "causale", "document type", "type"),
    "company": (
        "cliente", "ragione sociale", "ragione sociale cliente", "denominazione", "intestatario", "azienda", "debitore",
        "company", "customer", "account",
    ),
    "company_code": (
        "partita iva", "p.iva", "p. iva", "piva", "partita iva cliente", "codice fiscale", "cod. fiscale", "vat number", "vat",
    ),
    "issued_on": ("data documento", "data doc.", "data fattura", "data emissione", "document date", "invoice date", "date"),
    "due_on": ("data scadenza", "scadenza", "data scad.", "scad.", "scade il", "due date", "due", "due on"),
    "amount": (
        "importo", "importo rata", "importo documento", "totale documento", "totale", "importo scadenza", "dare",
        "amount", "total", "debit",
    ),
    "paid": ("pagato", "importo pagato", "incassato", "versato", "avere", "paid", "credit"),
    "residual": (
        "residuo", "importo residuo", "saldo", "da incassare", "da pagare", "aperto", "importo aperto", "insoluto",
        "residual", "balance", "outstanding", "open amount",
    ),
    "paid_on": ("data pagamento", "data incasso", "data saldo", "pagato il", "payment date", "paid on"),
    "currency": ("valuta", "divisa", "currency"),
    "method": ("pagamento", "modalità di pagamento", "tipo pagamento", "mod. pagamento", "payment method"),
    "order_ref": ("ordine", "numero ordine", "rif. ordine", "nostro ordine", "order", "order number"),
    "reminders": ("solleciti", "livello sollecito", "sollecito", "reminder level", "reminders"),
    "promised_on": ("promesso per il", "data promessa", "promise date"),
    "notes": ("note", "annotazioni", "notes"),
    "number": ("codice partita", "number"),
}  # fmt: skip

#: What they write for the types of documents, and the types of the electronic invoice (TD01 …).
KINDS = {
    "fattura": "invoice", "ft": "invoice", "fatt": "invoice", "fattura immediata": "invoice", "fattura differita": "invoice",
    "fattura accompagnatoria": "invoice", "ftv": "invoice", "fv": "invoice", "parcella": "invoice", "td01": "invoice",
    "td06": "invoice", "td24": "invoice", "td25": "invoice", "nota di debito": "invoice", "td05": "invoice",
    "nota di credito": "credit_note", "nota credito": "credit_note", "nc": "credit_note", "ncv": "credit_note",
    "n.c.": "credit_note", "accredito": "credit_note", "storno": "credit_note", "td04": "credit_note", "td08": "credit_note",
    "acconto": "advance", "anticipo": "advance", "acc": "advance", "td02": "advance",
    "altro": "other", "insoluto": "other", "effetto": "other", "ricevuta": "other",
}  # fmt: skip

#: What they write for how it is paid.
METHODS = {
    "bonifico": "transfer", "bonifico bancario": "transfer", "bb": "transfer", "rimessa diretta": "transfer", "mp05": "transfer",
    "riba": "collection", "ri.ba.": "collection", "ricevuta bancaria": "collection", "rb": "collection", "mp12": "collection",
    "rid": "debit", "sdd": "debit", "addebito": "debit", "mp19": "debit", "assegno": "cheque", "mp02": "cheque",
    "carta": "card", "carta di credito": "card", "pos": "card", "mp08": "card", "contanti": "cash", "mp01": "cash",
}  # fmt: skip
