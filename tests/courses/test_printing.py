"""Printed certificates: tagged, titled, in any script, and never read as markup."""

import io

import pikepdf
import pytest
from django.utils import timezone

from courses import printing
from courses.models import Certificate
from tests.courses.endings import certify, make_approved_course

NAMES = {
    "Latin": "Lucía García",
    "Vietnamese": "Nguyễn Thị Ánh Tuyết",
    "Arabic": "ليلى الخطيب",
    "Amharic": "ሰላማዊት ተስፋዬ",
    "Tigrinya": "ኪዳነ ገብረመድህን",
    "Ukrainian": "Наталія Ковальчук",
    "Khmer": "សុខ ចាន់ដារា",
    "Chinese": "王小明",
    "Korean": "김민준",
    "Lushootseed": "taqʷšəbluʔ",
}


@pytest.fixture
def certificate(teacher):
    """The teacher's certificate."""
    return certify(teacher, make_approved_course())


def printed(certificate: Certificate, **changes) -> pikepdf.Pdf:
    """The PDF of a certificate whose snapshot says otherwise."""
    certificate.snapshot = {**certificate.snapshot, **changes}
    return pikepdf.open(io.BytesIO(printing.certificate_pdf(certificate)))


def is_accessible(pdf: pikepdf.Pdf) -> bool:
    """Does it declare PDF/UA-1?"""
    with pdf.open_metadata() as metadata:
        return metadata.get("pdfuaid:part") == "1"


def test_it_is_tagged_titled_and_says_its_language(certificate):
    pdf = printed(certificate)
    assert is_accessible(pdf)
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.StructTreeRoot.K
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo.Title) == "Certificate: Foundations, Lucía García"
    assert len(pdf.pages) == 1


def test_it_is_in_the_language_of_the_course(certificate):
    assert str(printed(certificate, language="es").Root.Lang) == "es"


@pytest.mark.parametrize("design", ["evergreen", "water", "cedar", "of another time"])
def test_every_design_prints(certificate, design):
    assert is_accessible(printed(certificate, design=design))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_name_in_its_own_script_has_all_its_glyphs(certificate, name):
    # PDF/UA refuses a letter that no font holds, so that declaring it proves that all are there.
    assert is_accessible(printed(certificate, name=name))


def test_a_script_without_a_font_prints_all_the_same(certificate, caplog):
    pdf = printed(certificate, name="ਗੁਰਪ੍ਰੀਤ ਕੌਰ")
    assert not is_accessible(pdf)
    assert len(pdf.pages) == 1


@pytest.mark.parametrize("name", ["#panic()", "$x$ *b* _i_ `c`", "<label> @ref // no", "\\", '"); #import'])
def test_what_people_wrote_is_never_markup(certificate, name):
    pdf = printed(certificate, name=name, course=name)
    assert str(pdf.docinfo.Title) == f"Certificate: {name}, {name}"
    assert is_accessible(pdf)


def test_long_names_courses_and_lists_stay_on_one_page(certificate):
    standard = {
        "framework": "CCDEI",
        "code": "CCDEI 1.A",
        "title": "Learn the histories around you, and more",
    }
    hours = {
        "category": "a",
        "name": "Equity-based school practices of some length",
        "hours": "1.0",
        "offered": "2.0",
    }
    pdf = printed(
        certificate,
        name="Wolfeschlegelsteinhausenbergerdorff " * 2,
        course="Foundations of culturally responsive teaching for everybody who works in a building " * 2,
        standards=[standard] * 14,
        hours=[hours] * 4,
    )
    assert len(pdf.pages) == 1


def test_the_same_certificate_prints_the_same(certificate):
    assert printing.certificate_pdf(certificate) == printing.certificate_pdf(certificate)


def test_a_transcript_of_many_pages_prints(certificate):
    from courses import transcripts

    transcript = transcripts.transcript_of(certificate.enrollment.person)
    lines = transcript.lines * 80
    many = transcripts.Transcript(transcript.person, lines, transcript.renewal)
    with pikepdf.open(io.BytesIO(transcripts.as_pdf(many))) as pdf:
        assert len(pdf.pages) > 1
        assert is_accessible(pdf)
    assert timezone.localdate().year == many.years[0][0]
