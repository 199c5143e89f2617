"""An API key for each of the logins in LOGINS, as a JSON object in the file KEYS."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

tomorrow = datetime.now() + timedelta(days=1)
users = env["res.users"].search([("login", "in", os.environ["LOGINS"].split())])
keys = {
    user.login: env(user=user)["res.users.apikeys"]._generate(None, "Test", tomorrow)
    for user in users
}
env.cr.commit()
Path(os.environ["KEYS"]).write_text(json.dumps(keys))
