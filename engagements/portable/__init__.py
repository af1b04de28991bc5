"""The portable format of protocols: a Markdown file for each protocol and language, in and out without loss.

``docs/protocol-format.md`` describes it. It is read and written by the parts of the courses' format
(``cms.portable``); what is a protocol's own stands here.
"""
