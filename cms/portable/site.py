"""Setting up the site: the root pages, the languages and the collections that everything else hangs on."""

from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from cms.models import CatalogPage, HomePage
from cms.portable.assets import COLLECTION, collection_called

LANGUAGES = ("en", "es", "ar")
COLLECTIONS = (COLLECTION, "Pages")


def set_up_site() -> HomePage:
    """Make sure of home page, catalog, default site, languages and collections; safe to run again.

    Wagtail's own welcome page goes away, as long as nobody has put anything below it.
    """
    for code in LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    for name in COLLECTIONS:
        collection_called(name)
    home = HomePage.objects.order_by("path").first() or _make_home()
    if not CatalogPage.objects.child_of(home).exists():
        _publish_below(
            home,
            CatalogPage(
                title="Courses",
                slug="catalog",
                intro="Short courses on equity in education, tailored to where you work.",
            ),
        )
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    if site.root_page_id != home.pk:
        site.root_page, site.site_name = home, "Equity in Education"
        site.save()
    _remove_welcome()
    return home


def catalog_in(catalog: CatalogPage, locale: Locale) -> CatalogPage:
    """The catalog in a language, below a home page in it; both are made where they aren't there."""
    found = CatalogPage.objects.filter(translation_key=catalog.translation_key, locale=locale).first()
    if found:
        return found
    home = catalog.get_parent().specific
    with override(locale.language_code):
        if not home.has_translation(locale):
            words = {"title": _("Equity in Education"), "headline": _("Learning that starts where you work")}
            _translate(home, locale, {**words, "slug": f"home-{locale.language_code}"})
        intro = _("Short courses on equity in education, tailored to where you work.")
        return _translate(catalog, locale, {"title": _("Courses"), "intro": intro})


def _translate(page: Page, locale: Locale, words: dict) -> Page:
    again = page.specific.copy_for_translation(locale).specific
    for name, said in words.items():
        setattr(again, name, said)
    again.save_revision().publish()
    return again


def _make_home() -> HomePage:
    # Another slug than the welcome page's until that one is gone: a site points to it.
    taken = Page.objects.filter(depth=2, slug="home").exists()
    home = HomePage(
        title="Equity in Education",
        slug="equity" if taken else "home",
        headline="Learning that starts where you work",
    )
    return _publish_below(Page.get_first_root_node(), home)


def _publish_below(parent: Page, page: Page) -> Page:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _remove_welcome() -> None:
    for page in Page.objects.filter(depth=2, content_type__model="page", numchild=0):
        if not Site.objects.filter(root_page=page).exists():
            page.delete()
