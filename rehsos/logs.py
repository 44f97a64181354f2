"""The log: one JSON line per event, with routes and numbers in it and never a person's data."""

import logging
import sys
import traceback

import structlog


def drop_personal(_logger, _method, event: dict) -> dict:
    """Take out what may name a person: the query of a URL, a browser's name, an exception's message.

    A database quotes the offending row in its message, so only the kind of an exception and its frames are kept.
    """
    if "request" in event:
        event["request"] = str(event["request"]).split("?", 1)[0]
    event.pop("user_agent", None)
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info if isinstance(info, BaseException) else None
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = type(error).__qualname__
        event["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    return event


SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

CONFIG = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": SHARED,
            "processors": [
                drop_personal,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own handlers would print messages with their arguments beside ours.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Each answer is one line already ("request_finished"); these repeat it with the path and the message.
        "django.request": {"handlers": [], "level": logging.CRITICAL, "propagate": True},
        "django.security": {"handlers": [], "level": logging.CRITICAL, "propagate": True},
        # These tell every step of printing a page.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}


def configure() -> None:
    """Let structlog write through the standard logging configured above."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
