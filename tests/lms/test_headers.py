"""What a browser may do on our pages, and on Wagtail's."""


def policy_of(response) -> dict[str, str]:
    """Return the directives of a response's content security policy."""
    return dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))


def test_our_pages_run_no_script_from_elsewhere_and_none_inline(client, db):
    policy = policy_of(client.get("/accounts/login/"))
    assert policy["default-src"] == "'self'"
    assert "script-src" not in policy
    assert "unsafe" not in str(policy)


def test_wagtails_editor_may_do_what_it_needs_on_its_own_addresses_only(client, db):
    assert "'unsafe-inline'" in policy_of(client.get("/cms/"))["script-src"]
    assert "unsafe" not in str(policy_of(client.get("/cmsx/")))


def test_a_page_may_not_ask_for_the_camera(client, db):
    assert "camera=()" in client.get("/accounts/login/")["Permissions-Policy"]
