"""What stands in the documents of the demo: text for typst with places to fill, and a drawing and photos of our own."""

from __future__ import annotations

import io
import random
from typing import Any, NamedTuple

import typst
from PIL import Image, ImageDraw, ImageFilter

#: No date of its own: the same text gives the same bytes.
_SHEET = """#set document(title: "{title}", author: "Officine Aurora", date: none)
#set page(paper: "a4", margin: (x: 2.4cm, y: 2.6cm), footer: align(center)[#text(8pt, fill: gray)[Officine Aurora · Brescia · pagina #context counter(page).display()]])
#set text(size: 10.5pt, lang: "it")
#set par(justify: true, leading: .7em)
#align(right)[#text(9pt, fill: gray)[Officine Aurora\\ via dell’Industria 12, Brescia]]
#v(1.2em)
= {title}
#v(.6em)
{body}
"""


class Written(NamedTuple):
    #: What the file is called; the category; days ago it came; days from today it is valid; which text.
    #: Name and text have places for the customer, the machine and the day.
    name: str
    category: str
    ago: int
    valid: int | None
    title: str
    body: str
    note: str = ""


CONTRACT = """Tra *Officine Aurora* e *{customer}* si conviene la manutenzione programmata delle macchine elencate nell’allegato.

== Che cosa comprende
- quattro visite l’anno, concordate con almeno dieci giorni di anticipo;
- chiamata entro otto ore lavorative, intervento entro due giorni;
- sostituzione di filtri, cinghie e guarnizioni; i ricambi maggiori si fatturano a parte.

== Durata e prezzo
Dodici mesi, con rinnovo tacito salvo disdetta entro sessanta giorni dalla scadenza. Canone annuo *€ {fee}*, fatturato a trimestre anticipato.

== Ore comprese
Trentadue ore di un tecnico; quelle non usate non passano all’anno seguente.
#pagebreak()
== Allegato: macchine
#table(columns: (1fr, 1fr, 1fr), [*Macchina*], [*Matricola*], [*Anno*], [{machine}], [88{serial}], [{year}], [Compressore CV-30], [33{serial}], [{year}])
"""
REPORT = """*Cliente:* {customer} \\ *Macchina:* {machine}, matricola 88{serial} \\ *Giorno:* {day} \\ *Ore:* 3,5 più viaggio

Il cliente segnala una perdita d’olio dal cilindro di bloccaggio. Smontato lo stelo: la guarnizione è indurita e presenta due tagli. Sostituita la guarnizione (codice GU-{serial}-04) e l’anello raschiatore; provata la tenuta a 210 bar per venti minuti, senza perdite.

*Da fare:* alla prossima visita controllare il gioco delle guide. Il cliente chiede un prezzo per la rettifica dello stelo.
"""
OFFER = """Gentili Signori di *{customer}*,

come d’accordo vi proponiamo quanto segue.

#table(columns: (3fr, 1fr, 1fr), [*Descrizione*], [*Quantità*], [*Prezzo*], [{machine} con caricatore], [1], [€ {amount}], [Installazione e collaudo], [1], [compreso], [Formazione di due operatori], [2 giorni], [€ 1.400])

Consegna entro novanta giorni dall’ordine; pagamento 30 % all’ordine, 70 % a sessanta giorni. L’offerta vale trenta giorni.
"""
TEST = """Il {day}, presenti i responsabili di *{customer}* e di Officine Aurora, la macchina *{machine}* (matricola 88{serial}) ha lavorato cento pezzi campione. Scarto misurato: due pezzi. Rumorosità a un metro: 74 dB(A). Tutte le sicurezze sono intervenute.

Il cliente accetta la macchina senza riserve. La garanzia decorre da oggi e dura ventiquattro mesi.
"""
LETTER = """Spett.le *Officine Aurora*,

vi segnaliamo che la fornitura per la macchina {machine}, ricevuta il {day}, presenta tre piastre ammaccate e un imballo bagnato. Chiediamo la sostituzione entro quindici giorni e una nota di credito per il fermo della linea.

Distinti saluti, \\ {customer}
"""

#: What lies on a customer who bought a machine; and what was offered for one.
WRITTEN = (
    Written("Contratto {machine}.pdf", "Contratto", 310, 38, "Contratto di manutenzione", CONTRACT),
    Written("Rapporto {machine} {date}.pdf", "Rapporto", 21, None, "Rapporto di intervento", REPORT),
    Written("Collaudo {machine} {date}.pdf", "Rapporto", 402, None, "Verbale di collaudo", TEST),
    Written("Reclamo {machine} {date}.pdf", "Lettera", 64, None, "Reclamo sulla fornitura", LETTER),
)
OFFERED = Written("Offerta {machine} {date}.pdf", "Offerta", 12, 18, "Offerta", OFFER, "prezzo rivisto dopo la visita")
#: Pictures and drawings.
PHOTO = Written("Perdita d’olio {machine} {date}.jpg", "Foto", 22, None, "", "")
DRAWING = Written("Flangia {radius} {machine}.dxf", "Disegno", 140, None, "", "")


def pdf(written: Written, words: dict[str, Any]) -> tuple[bytes, str]:
    """(the file, its words)"""
    body = written.body.format(**words)
    made = typst.compile(_SHEET.replace("{title}", written.title).replace("{body}", body).encode())
    return made, body.replace("*", "").replace("#", "")


def photo(chance: random.Random) -> bytes:
    """A machine part on a bench, as far as one can draw it: with shadows, and oil where it leaks."""
    wide, high = 1200, 900
    image = Image.new("RGB", (wide, high), (96, 98, 96))
    draw = ImageDraw.Draw(image)
    for y in range(high):
        shade = 150 - y * 70 // high
        draw.line((0, y, wide, y), fill=(shade, shade - 4, shade - 12))
    x, y = chance.randint(330, 470), chance.randint(260, 340)
    draw.rounded_rectangle((x - 160, y - 60, x + 520, y + 330), 46, fill=(58, 74, 92), outline=(30, 38, 48), width=10)
    draw.ellipse((x + 30, y + 10, x + 310, y + 270), fill=(176, 180, 184), outline=(70, 74, 80), width=16)
    draw.ellipse((x + 110, y + 85, x + 230, y + 195), fill=(44, 46, 50))
    draw.ellipse((x - 40, y + 320, x + 400, y + 430), fill=(34, 26, 12))
    for at in range(5):
        draw.ellipse((x - 130 + at * 150, y - 40, x - 100 + at * 150, y - 10), fill=(210, 210, 206))
    file = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(2)).save(file, "JPEG", quality=80)
    return file.getvalue()


def drawing(wide: int) -> bytes:
    """A flange with its holes, as DXF."""
    lines = ["0", "SECTION", "2", "ENTITIES"]
    for radius in (wide, 25, 6, 6, 6, 6):
        lines += ["0", "CIRCLE", "8", "0", "10", "0", "20", "0", "40", str(radius)]
    return "\n".join([*lines, "0", "ENDSEC", "0", "EOF", ""]).encode()
