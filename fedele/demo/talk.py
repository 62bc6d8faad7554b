"""What colleagues write: notes of calls, visits and agreements, as people in a hurry write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fedele.demo.sheets import Sheets

_CALLS = (
    "Sentito {who} al telefono: {news} {next}", "Chiamato {who}: {news} {next}", "Telefonata con {who}: {news}",
    "Ha richiamato {who}: {news} {next}",
    "Parlato con {who}, molto cordiale: {news} {next}",
)  # fmt: skip
_VISITS = (
    "Visita in stabilimento con {who}: {seen} {next}", "Passato in azienda, incontrato {who}: {seen}",
    "Riunione da loro con {who} e la produzione: {seen} {next}",
    "Sopralluogo per {what}: {seen} {next}",
)  # fmt: skip
_AGREEMENTS = (
    "Accordo a voce con {who}: consegna in otto settimane, trasporto nostro, 30% all'ordine e saldo a 60 giorni.",
    "Concordato con {who}: se firmano entro fine mese includiamo due giornate di formazione.",
    "Promesso a {who} il muletto per la settimana del montaggio, senza addebito.",
    "Ok di {who} allo sconto del 4% in cambio di tre anni di assistenza.",
    "Intesa con {who}: ritiriamo la macchina vecchia, valutazione dopo il collaudo.",
    "{who_} chiede pagamenti in tre rate: Dario è d'accordo.",
)
_NEWS = (
    "il budget è approvato, manca la firma della proprietà.",
    "stanno confrontando con un'altra offerta, il prezzo è vicino.",
    "ha ricevuto l'offerta, la guarda con la produzione.",
    "conferma l'interesse per {what}.", "devono spostare l'investimento di un paio di mesi.",
    "chiede i tempi di consegna per {what}.",
    "vuole vedere {what} al lavoro da un cliente in zona.", "hanno preso una commessa nuova e l'urgenza è aumentata.",
    "aspetta la risposta della banca sul leasing.",
    "il tecnico ha dubbi sullo spazio: serve la pianta.", "contento dell'ultimo intervento.",
    "decide insieme al fratello, ci vediamo con tutti e due.",
    "chiede se {what} rientra nella Transizione 5.0.", "vorrebbe provare i loro pezzi prima di decidere.",
)  # fmt: skip
_NEXT = (
    "Richiamo giovedì.", "Mando l'offerta aggiornata.", "Fissata visita la prossima settimana.",
    "Invio la scheda tecnica oggi.", "Da risentire a fine mese.",
    "Chiede referenze: giro due nomi.", "Preparo il confronto dei costi per pezzo.",
    "Porto Marco per il sopralluogo tecnico.", "",
)  # fmt: skip
_SEEN = (
    "spazio sufficiente accanto alla linea esistente, manca solo l'aria compressa.",
    "tre macchine a fine vita, la prima da sostituire è la più vecchia.",
    "lavorano su due turni e il collo di bottiglia è il carico pezzi.",
    "visto il capannone nuovo, il pavimento regge.", "molto scarto sul materiale, la qualità ci sostiene.",
    "il concorrente ha lasciato una macchina in prova, ma il software non piace.",
    "officina ordinata, gente preparata.", "servono pinze speciali, chiedo all'ufficio tecnico.",
)  # fmt: skip
_SERVICE = (
    "Segnalano vibrazioni al mandrino. Marco passa domattina.",
    "Chiuso l'intervento: cambiata la guarnizione, macchina ripartita in giornata.",
    "Chiedono il preventivo per il contratto di manutenzione.",
    "Rumore dall'asse Z, mandato video. Per ora lavorano.", "Formazione fatta a due operatori, contenti.",
    "Sollecito sui ricambi: arrivano lunedì dal fornitore.",
    "Aggiornato il software del controllo da remoto, nessun fermo.",
)  # fmt: skip
_MARKETING = (
    "Venuti in tre alle Porte aperte, fermi a lungo davanti alla cella robotizzata.",
    "Hanno scaricato il catalogo e chiesto di essere ricontattati.",
    "Iscritti alla newsletter, aprono quasi tutto.",
    "Disponibili per un caso di successo: foto e intervista in primavera.",
)  # fmt: skip
_DIRECTION = (
    "Pranzo con la proprietà: vogliono crescere insieme a noi, nuovo capannone entro due anni.",
    "Cliente da seguire da vicino: l'anno scorso era tra i primi dieci.",
    "Concessa la dilazione chiesta, una volta sola.", "Rapporto ottimo, attenzione però ai tempi di consegna promessi.",
)  # fmt: skip
_FIRST_WORDS = {
    "fair": "Biglietto preso allo stand: interessato a {what}.",
    "web": "Dal modulo del sito: «Vorremmo un'offerta per {what}.»", "phone": "Ha chiamato il centralino per {what}.",
    "email": "Scrive alla casella info: chiede documentazione su {what}.",
    "referral": "Ce lo manda un cliente: cerca {what}.",
    "event": "Era alle Porte aperte, ha chiesto di {what}.",
}  # fmt: skip
_LEADS = (
    "Risposto al centralino, il titolare è fuori fino a lunedì.", "Interessato, ma ne riparla dopo le ferie.",
    "Mandata la presentazione, richiamo tra una settimana.",
    "Hanno già un fornitore, però sono aperti a un confronto.", "Vuole una visita: decide insieme al socio.",
    "Tre tentativi, non risponde mai. Provo via e-mail.",
    "Gentile, chiede un prezzo indicativo per {what}.", "Lavorano per l'automotive, crescono: da tenere caldo.",
)  # fmt: skip


def _about(product: str) -> str:
    return product[0].lower() + product[1:] if product and not product[1:2].isupper() else product


def _say(sheets: Sheets, texts: tuple[str, ...], who: Any, product: str) -> str:
    what = _about(product) or "la macchina nuova"
    text = (
        sheets.pick(texts)
        .replace("{news}", sheets.pick(_NEWS))
        .replace("{seen}", sheets.pick(_SEEN))
        .replace("{next}", sheets.pick(_NEXT))
    )
    dear = who.dear
    return text.replace("{what}", what).replace("{who_}", dear[0].upper() + dear[1:]).replace("{who}", dear).strip()


def about_opportunity(sheets: Sheets, who: Any, product: str) -> str:
    drawn = sheets.random.random()
    return _say(sheets, _CALLS if drawn < 0.55 else _VISITS if drawn < 0.85 else _AGREEMENTS, who, product)


def about_company(sheets: Sheets, who: Any, product: str) -> tuple[str, str]:
    """(key of the colleague who writes, empty for the owner; the text)"""
    drawn = sheets.random.random()
    if drawn < 0.3:
        return "chiara", sheets.pick(_SERVICE)
    if drawn < 0.4:
        return "anna", sheets.pick(_MARKETING)
    if drawn < 0.45:
        return "dario", sheets.pick(_DIRECTION)
    return "", _say(sheets, _CALLS if drawn < 0.75 else _VISITS, who, product)


def about_lead(sheets: Sheets, lead: Any) -> str:
    return sheets.pick(_LEADS).replace("{what}", _about(lead.interest) or "la macchina nuova")


def first_words(sheets: Sheets, source: str, interest: str) -> str:
    return _FIRST_WORDS.get(source, "").replace("{what}", _about(interest) or "una macchina nuova")


BUSINESSES = (
    "lavorazioni conto terzi", "componenti per oleodinamica", "particolari per il settore agricolo",
    "stampi e piccole serie", "minuteria di precisione",
    "fornitore dell'automotive", "prodotti a marchio proprio", "impianti su commessa", "subfornitura per l'energia",
    "componenti per elettrodomestici",
)  # fmt: skip
PURCHASES = (
    "Compra un impianto grosso ogni tre o quattro anni, ricambi ogni mese.",
    "Decide la famiglia, sempre dopo averla vista lavorare.", "Chiede tre offerte e sceglie sul servizio.",
    "Budget deciso a novembre per l'anno dopo.", "Preferisce il leasing.", "Compra quando c'è un incentivo.",
)  # fmt: skip
PAYMENTS = (
    "Ri.Ba. 60 gg fine mese",
    "Ri.Ba. 90 gg fine mese",
    "Bonifico 30 gg",
    "30% all'ordine, saldo a 60 gg",
    "Bonifico a vista fattura",
    "Leasing",
)
NEEDS = (
    "Ridurre i tempi di attrezzaggio.", "Lavorare di notte senza presidio.", "Sostituire il tornio più vecchio.",
    "Meno scarti e tracciabilità dei pezzi.", "Più spazio: magazzino in verticale.",
    "Qualcuno che risponda subito quando la macchina si ferma.", "Formare operatori nuovi in fretta.",
)  # fmt: skip
STEPS = (
    "Richiamare per la firma", "Mandare offerta aggiornata", "Visita con il tecnico", "Prova pezzi",
    "Verificare il leasing", "Inviare pianta e impianti", "Incontro con la proprietà",
    "Sentire l'ufficio acquisti", "Portare referenze", "Confermare i tempi di consegna", "Definire la formazione",
)  # fmt: skip
ENDINGS = {
    "won": (
        "Scelti per l'assistenza.",
        "Firmato dopo la prova pezzi.",
        "Decisiva la consegna rapida.",
        "Hanno visto la macchina da un cliente.",
        "",
    ),
    "lost": (
        "Differenza del 12%.",
        "Ha deciso la proprietà senza sentirci.",
        "Ci risentiamo l'anno prossimo.",
        "Arrivati tardi.",
        "",
    ),
}
