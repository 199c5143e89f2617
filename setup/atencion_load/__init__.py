"""./setup/load: what a server with workers needs while agents and customers work on it.

client.py is somebody with a browser, acts.py what they do, usage.py what processes have used,
sizing.py how large a server follows from that. All of it is pure Python without Odoo;
atencion_setup/load_command.py starts the server, and tells.
"""
