"""What columns are usually called, in Italian and in English, and what is in them."""

from __future__ import annotations

from fedele.people.duplicates.engine.letters import words

#: Field: its headings, separated by semicolons. The first field that knows a heading has it.
_HEADINGS = {
    "given": (
        "given name;given;first name;firstname;forename;fname;nome di battesimo;nome proprio;prenome;"
        "givenname;first;vorname"
    ),
    "surname": (
        "surname;last name;lastname;family name;familyname;lname;cognome;last;sur name;nachname;"
        "sname"
    ),
    "name": (
        "full name;fullname;nominativo;nome e cognome;cognome e nome;nome cognome;cognome nome;person;"
        "persona;contact name;contact person;referente;contatto;customer name;nome completo;"
        "intestatario"
    ),
    "company": (
        "company;company name;companyname;organisation;organization;organisation name;"
        "organization name;org name;azienda;ragione sociale;denominazione;ditta;impresa;societa;"
        "business;business name;business_name;firm;firm name;ente;denominazione ente;nome azienda;"
        "nome ditta;employer;account name;account;restaurant;ristorante;vendor;supplier;fornitore;"
        "trade name;legal name;insegna;company_name;venue;institution;nome ente;ragsoc;rag soc"
    ),
    "email": (
        "email;e mail;mail;email address;e mail address;posta elettronica;indirizzo email;pec;email1;"
        "email2;mail1;indirizzo mail"
    ),
    "phone": (
        "phone;telephone;tel;telefono;phone number;telephone number;mobile;mobile phone;cell;"
        "cellulare;cell phone;numero di telefono;phone1;phone2;phone 1;phone 2;telefono fisso;"
        "telefono 1;telefono 2;fixed phone;landline;recapito;recapito telefonico;numero telefono;"
        "tel 1;tel 2;phone no;contact number;fisso;work phone;home phone;telefono cellulare;"
        "phonenumber;handy;telefon"
    ),
    "vat": (
        "vat;vat number;vat no;partita iva;p iva;piva;partiva;vat id;iva;vatnumber;part iva;"
        "vat code;p iva cf;numero iva"
    ),
    "tax_code": (
        "tax code;codice fiscale;cf;cod fiscale;cod fisc;fiscal code;taxcode;codicefiscale;"
        "codice fiscale ente;tax id;taxid;tin"
    ),
    "house": (
        "street number;house number;house no;civico;n civico;numero civico;num civico;streetnumber;"
        "house;street no;house nr"
    ),
    "street": (
        "address 1;address1;address;street;street name;street address;indirizzo;via;addr;"
        "address line 1;streetaddress;addr1;streetname;street 1;indirizzo 1;indirizzo sede;sede;"
        "address line1;addressline1;strada;road;full address"
    ),
    "locality": (
        "address 2;address2;address line 2;addr2;locality;localita;frazione;street 2;indirizzo 2;"
        "address line2;unit;building;presso;addressline2"
    ),
    "city": (
        "city;suburb;town;citta;comune;place;municipality;post town;citta sede;citta residenza;ort;"
        "stadt;comune sede;area;village"
    ),
    "postcode": (
        "postcode;post code;postal code;zip;zip code;zipcode;cap;postalcode;plz;postal;"
        "codice postale;codice avviamento postale"
    ),
    "province": (
        "province;provincia;prov;state;region;regione;county;sigla provincia;sigla;pr;"
        "state province;sigla prov"
    ),
    "country": "country;nazione;paese;stato;country code;land;nation",
    "born": (
        "date of birth;birth date;birthdate;dob;born;data di nascita;data nascita;nato il;"
        "dateofbirth;birthday;nascita;nata il;nato a il;data nasc;birth;geburtsdatum"
    ),
    "website": (
        "website;web site;web;url;homepage;sito;sito web;site;domain;sito internet;www;"
        "sito istituzionale;web page"
    ),
    "id:social security": (
        "soc sec id;ssn;social security number;social security;national insurance number;nino;nin;"
        "soc sec;national id"
    ),
    "id:document": (
        "passport;passport number;passaporto;carta di identita;documento;numero documento;"
        "driving licence;driver license;patente"
    ),
    "id:REA": (
        "rea;numero rea;n rea;duns;duns number;lei;company number;registration number;"
        "numero registro imprese"
    ),
}  # fmt: skip
#: «Nome» and «name» alone: a given name beside a surname, otherwise the whole name.
NAME = frozenset(("nome", "name", "denominazione nome", "names"))
#: Of companies only when nothing better is there.
TITLE = frozenset(
    (
        "title",
        "titolo",
        "label",
        "description",
        "descrizione",
        "product name",
        "product",
        "value",
        "testo",
        "text",
        "item",
    )
)
#: Numbers of rows: told in the answer, never compared.
ROW_IDS = frozenset(
    """
    id recid rec_id record recordid uid uuid key code codice idrow rowid row no num nr n idcliente customerid customercode
    codicecliente idrecord identifier idcontatto idazienda codiceipa index idx externalid refid ref reference unnamed0
""".split()
)
#: What would give the answer away, or says nothing of who it is.
IGNORED = frozenset(
    """
    cluster clusterid class group groupid entityid truth label matchid duplicateof isduplicate duplicate trueid goldid entity
    type tipo tipologia cuisine category categoria sector settore note notes notas price prezzo gender sesso sex age eta
    source fonte created updated date data
""".split()
)

FIELDS = {name.partition(":")[0] for name in _HEADINGS} | {"name", "organisation", "id", "ref"}


def normal(heading: str) -> str:
    return "".join(words(heading.replace("_", " ")))


FIELD_OF = {normal(way): field for field, ways in reversed(_HEADINGS.items()) for way in ways.split(";")}


def field_of(heading: str) -> str:
    """The field a heading means; "name", "title", "ref" and "-" (to be left out) among them; empty when it says nothing."""
    plain = normal(heading)
    if plain in FIELD_OF:
        return FIELD_OF[plain]
    if plain in NAME:
        return "name?"
    if plain in ROW_IDS:
        return "ref"
    if plain in IGNORED:
        return "-"
    if plain in TITLE:
        return "title?"
    stem = plain.rstrip("0123456789")
    if stem != plain and FIELD_OF.get(stem) in ("email", "phone"):
        return FIELD_OF[stem]
    return ""
