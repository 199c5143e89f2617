from . import atencion_demo
