"""Run a function of atencion_bench: BENCH_JOB says which, and with what."""

import importlib
import json
import os

job = json.loads(os.environ["BENCH_JOB"])
module, function = job.pop("run").split(".")
getattr(importlib.import_module(f"atencion_bench.{module}"), function)(env, **job)
