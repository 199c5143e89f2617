"""./setup/bench: the same work by this application and by another one, side by side.

workloads.py lists the work, a line each: new rows go there. sides/ knows the names of each
application: a third one is a file there. README.md in docs/bench says what is equal.

What needs Odoo runs in an Odoo shell that atencion_setup/bench_command.py starts. marks.py,
figures.py, and report.py are pure Python.
"""
