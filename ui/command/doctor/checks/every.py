"""All checks, in the order in which they are told."""

from collections.abc import Sequence

from ui.command.doctor.checks.chat_model import check_chat_model
from ui.command.doctor.checks.embedding_model import check_embedding_model
from ui.command.doctor.checks.home import check_home, check_lock
from ui.command.doctor.checks.library import check_databases, check_documents, check_made_with
from ui.command.doctor.checks.machine import check_clock, check_memory
from ui.command.doctor.checks.network import check_chat_port, check_proxies
from ui.command.doctor.checks.program import check_packages, check_python, check_settings
from ui.command.doctor.checks.reading import check_fonts, check_tesseract
from ui.command.doctor.checks.vectors import check_vectors
from ui.command.doctor.finding import Check

EVERY_CHECK: Sequence[Check] = (
    Check("python", "doctor.python", check_python),
    Check("packages", "doctor.packages", check_packages),
    Check("settings", "doctor.settings", check_settings),
    Check("chat_model", "doctor.chat_model", check_chat_model),
    Check("embedding_model", "doctor.embedding_model", check_embedding_model),
    Check("home", "doctor.home", check_home),
    Check("lock", "doctor.lock", check_lock),
    Check("databases", "doctor.databases", check_databases),
    Check("documents", "doctor.documents", check_documents),
    Check("made_with", "doctor.made_with", check_made_with),
    Check("vectors", "doctor.vectors_label", check_vectors),
    Check("port", "doctor.port", check_chat_port),
    Check("proxies", "doctor.proxies", check_proxies),
    Check("tesseract", "doctor.tesseract", check_tesseract),
    Check("fonts", "doctor.fonts", check_fonts),
    Check("memory", "doctor.memory_label", check_memory),
    Check("clock", "doctor.clock", check_clock),
)
