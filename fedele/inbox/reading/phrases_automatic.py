"""The words of absence notes and other answers no person wrote."""

from __future__ import annotations

import re

ABSENT = re.compile(
    r"out of (?:the )?office|automatic reply: .*|fuori (?:sede|ufficio)|assen(?:te|za|ti)\b|in ferie|sono in (?:ferie|malattia|maternità)|ufficio chiuso|chiusura (?:estiva|natalizia|aziendale)|on (?:vacation|holiday|leave)"
    r"|abwesen|absence du bureau|(?:rientr(?:o|erò|eremo)|ritorn(?:o|erò)|torn(?:o|erò)|back) (?:il|in ufficio|a partire|on|in the office|al)|I am away|vacation",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"^\s*(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response|risposta)|risposta automatica|risposta d[’']assenza|risponditore automatico|autorisposta|out of (?:the )?office|fuori (?:sede|ufficio)|abwesenheit|réponse automatique|respuesta automática"
    r"|assen(?:te|za)(?: dall[’']ufficio)?|messaggio automatico|avviso di (?:assenza|ricezione)|conferma (?:automatica )?di ricezione|vacation)\b",
    re.IGNORECASE,
)
