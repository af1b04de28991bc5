"""The portable course format: folders of Markdown that go in and come out the same.

Three forms, and the ways between them:

    files  ⇄  ``folders.CourseFolder``  ⇄  pages, audiences and editions in the database
       reading / writing              importing / exporting

The format for authors is described in ``docs/course-format.md``.
"""
