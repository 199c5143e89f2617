"""Run a scheduled action of the cases, as often as asked, each time when it is told to.

It tells that it stands ready by a file, and goes when it finds another.
"""

import os
import time
from pathlib import Path


def wait_for_the_word(number):
    Path(f"{os.environ['READY']}{number}").touch()
    word = Path(f"{os.environ['GO']}{number}")
    while not word.exists():
        time.sleep(0.01)


for number in range(int(os.environ["RUNS"])):
    wait_for_the_word(number)
    getattr(env["atencion.case"], os.environ["METHOD"])()
    env.cr.commit()
