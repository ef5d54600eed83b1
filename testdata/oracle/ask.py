"""Answers a line with a word: what python-stdnum says about a value. Run as ask.py ric|uscc."""

import sys

from stdnum import exceptions
from stdnum.cn import ric, uscc

WORDS = {
    exceptions.InvalidLength: "length",
    exceptions.InvalidFormat: "format",
    exceptions.InvalidChecksum: "checksum",
    exceptions.InvalidComponent: "date",
}


def verdict(module, value):
    try:
        module.validate(value)
    except exceptions.ValidationError as fault:
        word = WORDS.get(type(fault), "other")
        if word == "date":
            # The birth date comes before the birth place; both have the same fault.
            try:
                module.get_birth_date(value)
                return "place"
            except exceptions.ValidationError:
                pass
        return word
    except KeyError:
        return "place"  # Its list has the province and no county; nothing is looked at after that.
    except ValueError:
        return "crash"
    return "ok"


module = {"ric": ric, "uscc": uscc}[sys.argv[1]]
for line in sys.stdin.buffer:
    value = line.decode("utf-8").rstrip("\n")
    sys.stdout.write(verdict(module, value) + "\n")
