"""The place goes out of photos of every kind taken; the picture, the camera and the moment stay (A-59)."""

from __future__ import annotations

import io
import zlib
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from fedele.knowledge.files.kinds import HEIC, JPEG, MOV, MP4, PNG, TIFF, WEBP
from fedele.knowledge.files.places import CLEANERS, exif, without_place
from fedele.knowledge.files.places.png import _part

KINDS = [("JPEG", JPEG), ("PNG", PNG), ("WEBP", WEBP), ("TIFF", TIFF)]
ORDERS = ["<", ">"]
XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Model="X100" exif:GPSLatitude="45,32.496N" '
    b"exif:GPSMapDatum='WGS-84'><exif:GPSLongitude>10,12.708E</exif:GPSLongitude><exif:GPSAltitude/></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
)


def taken(order: str = "<", *, place: bool = True) -> bytes:
    """Data of a camera, with the moment in a folder of its own and, after the place, more of the camera's own."""
    data = Image.Exif()
    data.endian = order
    data[0x010F], data[0x0110], data[0x0112], data[0x0131] = "Camera", "X100", 6, "Firmware 2"
    data[0x8769] = {0x9003: "2026:11:21 10:30:00", 0x927C: b"notes of the maker" * 9}
    if place:
        data[0x8825] = {
            1: "N",
            2: (45.0, 32.0, 29.76),
            3: "E",
            4: (10.0, 12.0, 42.48),
            29: "2026:11:21",
            27: b"ASCII\x00\x00\x00GPS-NETWORK",
        }
    return data.tobytes()


def photo(form: str, data: bytes = b"", **more: Any) -> bytes:
    image = Image.new("RGB", (20, 10), "blue")
    image.paste("red", (0, 0, 10, 10))
    file = io.BytesIO()
    image.save(file, form, **({"exif": data} if data else {}), **more)
    return file.getvalue()


def with_xmp(form: str) -> bytes:
    if form == "TIFF":
        return photo(form, tiffinfo={700: XMP})
    if form != "PNG":
        return photo(form, xmp=XMP)
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return photo(form, pnginfo=info)


def facts(content: bytes) -> dict[str, Any]:
    """What a program that knows photos reads."""
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        data = image.getexif()
        more = data.get_ifd(0x8769)
        return {
            "pixels": image.tobytes(), "place": dict(data.get_ifd(0x8825)), "make": data.get(0x010F), "model": data.get(0x0110),
            "turned": data.get(0x0112), "by": data.get(0x0131), "moment": more.get(0x9003), "maker": more.get(0x927C),
        }  # fmt: skip


@pytest.mark.parametrize(("form", "kind"), KINDS)
@pytest.mark.parametrize("order", ORDERS)
def test_the_place_goes_and_all_else_stays(form: str, kind: str, order: str) -> None:
    content = photo(form, taken(order))
    before, after = facts(content), facts(CLEANERS[kind](content))
    assert len(before["place"]) == 6
    assert after == before | {"place": {}}
    assert after["moment"] == "2026:11:21 10:30:00"
    assert b"GPS-NETWORK" not in CLEANERS[kind](content)
    assert len(CLEANERS[kind](content)) == len(content)


@pytest.mark.parametrize(("form", "kind"), KINDS)
def test_the_place_in_xmp_goes_and_the_camera_stays(form: str, kind: str) -> None:
    content = with_xmp(form)
    assert b"45,32.496N" in content
    cleaned = CLEANERS[kind](content)
    assert [one in cleaned for one in (b"GPS", b"45,32.496N", b"10,12.708E", b'tiff:Model="X100"')] == [
        False,
        False,
        False,
        True,
    ]
    assert facts(cleaned)["pixels"] == facts(content)["pixels"]
    packet = cleaned[cleaned.index(b"<x:xmpmeta") : cleaned.index(b"</x:xmpmeta>") + 12]
    said = ET.fromstring(packet)[0][0]
    assert (said.attrib, len(said)) == ({"{http://ns.adobe.com/tiff/1.0/}Model": "X100"}, 0)


@pytest.mark.parametrize(("form", "kind"), KINDS)
def test_a_photo_without_a_place_is_the_same_to_the_last_byte(form: str, kind: str, db: Any) -> None:
    for content in (photo(form), photo(form, taken(place=False))):
        file = SimpleUploadedFile("a", content)
        assert without_place(file, kind) is file
        assert file.read() == content


def test_a_house_may_keep_places(settings: Any) -> None:
    settings.KEEP_PHOTO_PLACES = True
    file = SimpleUploadedFile("a.png", photo("PNG", taken()))
    assert without_place(file, PNG) is file


def test_what_a_phone_appends_to_a_photo_is_cleaned_too() -> None:
    """A second picture (depth, brightness) with data of its own, and the short film of a moving photo."""
    text = b"\x00\x12\x15\xc7+45.5416+010.2118/"
    film = (
        b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
        + (len(text) + 8).to_bytes(4, "big")
        + b"\xa9xyz"
        + text
        + b"\x00\x00\x00\x08mdat"
    )
    content = photo("JPEG", taken()) + photo("JPEG", taken(">")) + film
    cleaned = CLEANERS[JPEG](content)
    second = cleaned.index(b"\xff\xd8\xff", 2)
    assert (len(cleaned), facts(cleaned[:second])["place"], facts(cleaned[second:])["place"]) == (len(content), {}, {})
    assert [b"+45.5416" in one for one in (content, cleaned)] == [True, False]
    assert cleaned.endswith(b"\x00\x00\x00\x1efree" + bytes(22) + b"\x00\x00\x00\x08mdat")


def test_a_name_cut_in_two_by_the_segments_of_a_long_xmp_is_found() -> None:
    def segment(text: bytes) -> bytes:
        data = b"http://ns.adobe.com/xmp/extension/\x00" + b"0" * 40 + text
        return b"\xff\xe1" + (len(data) + 2).to_bytes(2, "big") + data

    plain = photo("JPEG")
    content = plain[:2] + segment(b"exif:G") + segment(b'PSLatitude="45,32.496N"') + plain[2:]
    assert b"45,32.496N" not in CLEANERS[JPEG](content)
    assert facts(CLEANERS[JPEG](content)) == facts(plain)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (b"zTXt", b"Raw profile type exif\x00\x00" + zlib.compress(b"\nexif\n 8\n45786966")), (b"tEXt", b"Raw profile type APP1\x00\nexif"),
        (b"tEXt", b"exif:GPSLatitude\x0045/1, 32/1, 2976/100"), (b"iTXt", b"XML:com.adobe.xmp\x00\x01\x00\x00\x00" + zlib.compress(XMP)),
        (b"zTXt", b"XML:com.adobe.xmp\x00\x00" + zlib.compress(XMP)), (b"tEXt", b"XML:com.adobe.xmp\x00" + XMP),
        (b"zTXt", b"Comment\x00\x00broken"), (b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(5 << 20))),
    ],
)  # fmt: skip
def test_texts_of_a_png_that_tell_it_in_other_ways_go(name: bytes, data: bytes) -> None:
    plain = photo("PNG")
    at = plain.index(b"IDAT") - 4
    assert CLEANERS[PNG](plain[:at] + _part(name, data) + plain[at:]) == plain


@pytest.mark.parametrize(
    "kept", [_part(b"tEXt", b"Comment\x00A photo"), _part(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"A photo"))]
)
def test_other_texts_stay(kept: bytes) -> None:
    plain = photo("PNG")
    at = plain.index(b"IDAT") - 4
    assert CLEANERS[PNG](plain[:at] + kept + plain[at:]) == plain[:at] + kept + plain[at:]


@pytest.mark.parametrize("order", ORDERS)
def test_data_broken_anywhere_tells_no_place_and_breaks_nothing(order: str) -> None:
    """Cut at every byte, and with every byte spoilt: no error, the same length, and nothing of the place is left to read."""
    whole = taken(order).removeprefix(b"Exif\x00\x00")
    for at in range(len(whole)):
        for content in (whole[:at], whole[:at] + b"\xff" + whole[at + 1 :]):
            cleaned = exif.without_place(content)
            assert len(cleaned) == len(content)
            assert exif.without_place(cleaned) == cleaned


def box(name: bytes, *inside: bytes) -> bytes:
    content = b"".join(inside)
    return (len(content) + 8).to_bytes(4, "big") + name + content


def film(brand: bytes, *told: bytes) -> bytes:
    return box(b"ftyp", brand, bytes(4), brand) + box(b"moov", box(b"udta", *told)) + box(b"mdat", b"pictures" * 9)


PLACES = {
    "text": box(b"\xa9xyz", b"\x00\x12\x15\xc7+45.5416+010.2118/"),
    "numbers": box(b"loci", bytes(4), b"\x15\xc7", b"Brescia\x00", b"\x00", bytes.fromhex("000a3640 002d8aa6 00640000")),
    "value": box(b"ilst", box(b"\x00\x00\x00\x01", box(b"data", b"\x00\x00\x00\x01", bytes(4), b"+45.5416+010.2118+123.400/"))),
}  # fmt: skip


@pytest.mark.parametrize(("brand", "kind"), [(b"mp42", MP4), (b"qt  ", MOV)])
@pytest.mark.parametrize("told", PLACES)
def test_the_place_of_a_film_goes_and_nothing_moves(brand: bytes, kind: str, told: str) -> None:
    content, before = film(brand, box(b"name", b"A film"), PLACES[told]), film(brand, box(b"name", b"A film"))
    cleaned = CLEANERS[kind](content)
    assert len(cleaned) == len(content) and cleaned[-80:] == content[-80:]
    assert [one in cleaned for one in (b"45.5416", b"010.2118", b"Brescia", bytes.fromhex("002d8aa6"), b"A film")] == [
        False, False, False, False, True,
    ]  # fmt: skip
    assert CLEANERS[kind](before) == before


@pytest.mark.parametrize("order", ORDERS)
def test_the_place_of_a_photo_in_boxes_goes(order: str) -> None:
    data = taken(order)
    around = (box(b"ftyp", b"heic", bytes(4), b"mif1heic") + box(b"meta", bytes(20)), box(b"mdat", b"pictures" * 9))
    content = around[0] + box(b"mdat", (6).to_bytes(4, "big"), data) + around[1]
    cleaned = CLEANERS[HEIC](content)
    assert (len(cleaned), cleaned[-80:]) == (len(content), content[-80:])
    assert (b"GPS-NETWORK" in content, b"GPS-NETWORK" in cleaned) == (True, False)
    start = cleaned.index(b"Exif\x00\x00")
    kept = Image.Exif()
    kept.load(cleaned[start : start + len(data)])
    assert (dict(kept.get_ifd(0x8825)), kept[0x010F], kept.get_ifd(0x8769)[0x9003]) == (
        {}, "Camera", "2026:11:21 10:30:00",
    )  # fmt: skip


@pytest.mark.parametrize(("form", "kind"), KINDS)
def test_so_does_a_file_cut_anywhere(form: str, kind: str) -> None:
    content = photo(form, taken())
    for at in range(len(content)):
        assert len(CLEANERS[kind](content[:at])) == at
