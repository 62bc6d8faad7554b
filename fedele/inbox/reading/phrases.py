"""The words by which mail programs, people and lawyers mark what is not new in a mail; Italian, English and a few neighbours."""

from __future__ import annotations

import re

#: One line that announces what follows as somebody else's words.
WROTE = re.compile(
    r"^[>\s*_]*(?:"
    r"(?:Il|In data|Lo scorso|Nel messaggio|On|Am|Le|El|Em|Op|Den)\b.{3,300}?\b(?:ha scritto|hai scritto|avete scritto|scrive|scrisse|wrote|schrieb|a écrit|escribió|escreveu|schreef|skrev)\b.{0,80}?:?"
    r"|.{1,200}\b(?:ha scritto|wrote)(?: il| on)? .{4,60}:"
    r"|\S{1,80}@\S{1,80} (?:ha scritto|wrote)\s*:"
    r")[\s*_]*$",
    re.IGNORECASE,
)
#: Such a line is often broken in two or three.
WROTE_BEGINS = re.compile(r"^[>\s*_]*(?:Il|In data|On|Am|Le|El)\b.{0,200}\d", re.IGNORECASE)
#: A rule across the page with a word in it.
RULED = re.compile(
    r"^[>\s*]*[-_=]{2,}\s*(?:Messaggio originale|Messaggio inoltrato|Messaggio inoltrato da .{0,80}|Original message|Original appointment|Forwarded message"
    r"|Forwarded by .{0,80}|Ursprüngliche Nachricht|Message d['’]origine|Message transféré|Mensaje original|Reply message|Reply above this line.{0,60}"
    r"|Risposta al messaggio|Rispondi sopra questa riga.{0,60})\s*[-_=]*[\s*]*$|^[>\s]*Inizio messaggio inoltrato\s*:\s*$|^[>\s]*Begin forwarded message\s*:\s*$",
    re.IGNORECASE,
)
#: The head of a quoted mail as Outlook and webmails write it: a sender, and near it a day, receiver or subject.
HEAD_FROM = re.compile(r"^[>\s*_|]*(?:Da|From|Von|De|Mittente|Van)\s*\*?\s*:\*?\s*\S", re.IGNORECASE)
HEAD_MORE = re.compile(
    r"^[>\s*_|]*(?:Inviato(?: il)?|Data(?: invio)?|Spedito|Sent|Date|Gesendet|Datum|Envoyé|A|To|An|À|Per|Destinatari[oa]?|Cc|Oggetto|Ogg|Subject|Betreff|Objet|Reply-To|Rispondi a)\s*\*?\s*:",
    re.IGNORECASE,
)
UNDERLINE = re.compile(r"^\s*[_\-=*]{5,}\s*$")
#: A signature begins here, by agreement or by the program that wrote it.
SIGNED = re.compile(r"^--\s?$|^—\s*$|^_{2,4}$|^\*{2,}$")
BY_PROGRAM = re.compile(
    r"^\s*(?:(?:Inviato|Inviata|Sent|Gesendet|Envoyé|Mandato|Scritto|Spedito)(?: in mobilità)? (?:da|dal|dall|con|from|with|via|using|von meinem|de mon|depuis)\b.{0,80}"
    r"|(?:Get|Scarica|Ottieni) (?:Outlook|BlueMail|Spark|Yahoo)\b.{0,60}|Yahoo Mail: .{0,80}|Libero\.it.{0,60}"
    r"|Mail priva di virus\..{0,60}|Virus-free\..{0,60}|Questa e-?mail è stata controllata.{0,80}|This email has been checked.{0,80})\s*$",
    re.IGNORECASE,
)
#: Words of farewell, alone on their line.
FAREWELL = re.compile(
    r"^\s*(?:(?:(?:in attesa di (?:un )?(?:vostr[oa]|su[oa]|gentile) (?:riscontro|risposta|conferma)[, ]*|nel ringraziar\w+[, ]*|ringraziando\w*[ a-zà-ù]{0,40}[, ]*|grazie(?: mille| ancora| e)?[, ]*|resto a disposizione(?: e)?[, ]*)?"
    r"(?:(?:porgo|porgiamo|invio|inviamo|le porgo|vi porgiamo)[ ,]*)?(?:i più |i miei più |i miei |i nostri )?(?:molti )?(?:cordiali|distinti|cari|migliori|affettuosi) saluti)"
    r"|cordialmente|cordialità|saluti(?: cordiali| a tutti| distinti)?|un (?:cordiale |caro )?saluto|a presto|distintamente|con (?:i migliori saluti|osservanza|stima)|buon(?:a giornata|a serata| lavoro| pomeriggio)(?: e (?:cordiali saluti|buon lavoro))?|tanti saluti"
    r"|(?:with )?(?:best|kind|warm|many)(?:est)? (?:regards|wishes)|kindest regards|regards|yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?|cheers|best|thanks and (?:best |kind )?regards|(?:many )?thanks[,! ]*(?:and regards)?"
    r"|mit freundlichen grüßen|mfg|viele grüße|cordialement|bien à vous|saludos(?: cordiales)?)\s*[.,!;:]*\s*$",
    re.IGNORECASE,
)
#: The beginning of a disclaimer; all after it is for lawyers.
LEGAL = re.compile(
    r"^[\s*_>]*(?:\[?(?:avviso|nota|clausola|informativa)(?: di| sulla)? (?:riservatezza|privacy)|(?:le|tutte le) informazioni (?:contenute|trasmesse)|questo messaggio(?: di posta elettronica)?(?: e i suoi allegati)?[, ]"
    r"(?:è|e'|contiene|può contenere|ed i suoi|e gli|e ogni)|il (?:contenuto|presente messaggio)|la presente (?:comunicazione|e-?mail|mail)|ai sensi (?:del|dell[’']art|e per gli effetti)|in ottemperanza|si precisa che le informazioni"
    r"|qualora (?:non foste|il messaggio|abbiate ricevuto)|se (?:ha|avete) ricevuto questo messaggio per errore|prima di stampare|rispetta l[’']ambiente|pensa all[’']ambiente|please (?:consider|think)|save paper"
    r"|confidentiality (?:notice|note)|(?:this|the information contained in this) (?:e-?mail|message|communication|transmission).{0,80}(?:confidential|privileged|intended)|disclaimer\b|privacy\s*[:\-–]|d\.?\s?lgs\.? (?:n\.? ?)?196)",
    re.IGNORECASE,
)
#: Lines of a signature that say themselves what they are.
REACHED = re.compile(
    r"^\s*(?:(?:tel|telefono|phone|fax|cell|cellulare|mob|mobile|m|t|e|p\.? ?iva|partita iva|c\.?f|pec|sdi|rea|cap\. soc|skype|e-?mail|mail|web|sito)\s*[.:]|(?:\+39|0039|tel\.?)\s*\d|www\.|https?://|\S+@\S+$)",
    re.IGNORECASE,
)
