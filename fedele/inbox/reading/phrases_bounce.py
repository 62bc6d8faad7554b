"""The words in which mail servers say that a message did not arrive."""

from __future__ import annotations

import re

_I = re.IGNORECASE

#: Who writes such reports.
DAEMON = re.compile(
    r"^(?:mailer[-_.]?daemon|postmaster|mail[-_.]?delivery|maildelivery|mdaemon|mail-daemon|bounces?|no-?reply-bounce|mailerdaemon|mailmaster|mail-system|microsoftexchange\w{0,40})(?:[+.-][^@]*)?@",
    _I,
)
SUBJECT = re.compile(
    r"undeliver(?:able|ed)|deliver(?:y|ing) (?:status|failure|failed|has failed|problem|error|report|notification|warning|incomplete|delayed)|returned mail|returned to sender|mail delivery (?:failed|failure|system|error)|failure notice|failed delivery|message (?:not delivered|delayed|undeliverable)"
    r"|non[- ]?deliver|could not be delivered|mancat[ao] (?:consegna|recapito)|impossibile (?:recapitare|consegnare)|messaggio non (?:recapitat|consegnat)|non recapitabil|recapito (?:non riuscito|ritardato)|errore di (?:consegna|recapito)|notifica di (?:mancato recapito|stato del recapito)|posta non recapitata"
    r"|rapporto di non recapito|unzustellbar|échec de la remise|warning: (?:message|could not send)|delayed|ritardat",
    _I,
)
BODY = re.compile(
    r"could(?: not|n[’']t) be (?:delivered|found|sent)|(?:was|were|been|has) not (?:been )?delivered|wasn[’']t delivered|unable to deliver|delivery (?:to the following|has failed|failed)|did not reach|permanent(?:ly)? (?:error|fail)|qmail-send|address(?:es)? failed|following (?:recipient|address)|undeliverable|host .{1,80} said:"
    r"|non è (?:stato|stata) (?:possibile )?(?:consegna|recapita)|impossibile (?:recapitare|consegnare)|non (?:è stato|può essere) (?:consegnato|recapitato)|il recapito non è riuscito|mancato recapito|seguent[ei] (?:destinatari|indirizz)|(?:indirizzo|casella) (?:\w+ )?non (?:trovat|esist)|user unknown|mailbox (?:unavailable|full)|delayed",
    _I,
)
COPY = re.compile(
    r"^[ \-=>]*(?:below this line is a copy|this is a copy of (?:the|your)|original message (?:follows|headers)|the original message|message header follows|------ ?this is a copy|copia del messaggio|messaggio originale|intestazioni del messaggio|return-path:|received: from|reporting-mta:|original message)",
    _I | re.MULTILINE,
)
DELAYED = re.compile(
    r"delivery (?:status notification )?\(?delay|message delayed|delayed (?:mail|delivery)|(?:has|have) not (?:yet )?been delivered.{0,60}(?:will|retr)|still being retried|will (?:be retried|retry|keep trying|continue to try)|no action is required|warning (?:message )?only|warning: (?:message|could not send)|is delayed|been delayed"
    r"|recapito ritardat|in ritardo|ritardata|(?:sarà|verrà) (?:ritentat|riprovat)|(?:non è necessario|non occorre) (?:inviare|rispedire|fare)",
    _I | re.DOTALL,
)
#: The address does not exist.
GONE = re.compile(
    r"user (?:unknown|not found|doesn'?t exist|does not exist)|unknown (?:user|recipient|account|local part|mailbox)|no such (?:user|mailbox|recipient|address|account|person)|no mailbox here|does ?n[o']t exist|does not exist|no longer (?:exist|valid|active|available|in use)|not a valid (?:mailbox|user)|recipient (?:not found|unknown|address rejected: (?:user|undeliverable|unverified))|recipnotfound|mailbox (?:not found|unavailable|disabled|does)"
    r"|account (?:has been )?(?:disabled|closed|deactivated|inactive|is disabled)|address (?:not found|unknown|rejected)|invalid (?:recipient|mailbox|address)|host (?:or domain name )?not found|domain (?:not found|does not exist)|name (?:service|or service) .{0,30}not (?:found|known)|nxdomain|unrouteable|unroutable|can't find"
    r"|(?:utente|destinatario|indirizzo|casella|account|dominio) (?:\w+ ){0,3}(?:sconosciut|inesistent|non (?:esist|trovat|valid|attiv)|disabilitat|disattivat)|non esiste|indirizzo non trovato|il dominio non",
    _I,
)
#: There is no room, or the server is busy.
FULL = re.compile(
    r"quota|mailbox (?:is )?full|over ?quota|insufficient (?:system )?storage|storage (?:limit|allocation)|too (?:large|big|many)|size (?:limit|exceed)|exceed|temporar|try again|greylist|graylist|timed? ?out|connection (?:refused|lost)|casella (?:\w+ )?piena|spazio|troppo grande|superat|riprovare|momentaneamente",
    _I,
)
#: They do not want it, from us or as it is; the address is right.
REFUSED = re.compile(
    r"spam|spamhaus|blacklist|blocklist|block(?:ed| list)|black ?listed|\brbl\b|dnsbl|reputation|(?:policy|content) (?:reject|reason|violation|restrict)|polic(?:y|ies)|dmarc|\bspf\b|dkim|unauthenticated|not (?:authorized|allowed|permitted)|access denied|relay(?:ing)? (?:denied|not permitted|access)|administratively|prohibited|virus|bloccat|rifiutat[oa] (?:per|dal|come)|non autorizzat|sender (?:address )?(?:rejected|denied)|restricted",
    _I,
)
