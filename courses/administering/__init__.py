"""Records in Wagtail's admin: certificates, clock hours for an audit, what evaluations say."""
