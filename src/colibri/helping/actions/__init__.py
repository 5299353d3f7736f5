"""What is done with offers of help and requests."""

from colibri.helping.actions.giving import end_giving, give_help, hear_helper, pause_giving, resume_giving
from colibri.helping.actions.helping import (
    FasterOne,
    accept_request,
    close_request,
    decline_request,
    hand_back,
    leave_word,
    part_ways,
    write_remark,
)
from colibri.helping.actions.mentoring import (
    add_step,
    agree_terms,
    ask_mentorship,
    finish_step,
    give_up_mentorship,
)
from colibri.helping.actions.requesting import (
    TooManyAsked,
    ask_for_help,
    forget_old_requests,
    give_up_request,
    pair_collective,
    pass_on,
    tend_request,
)
from colibri.helping.actions.silence import notice_silence

__all__ = [
    "FasterOne",
    "TooManyAsked",
    "accept_request",
    "add_step",
    "agree_terms",
    "ask_for_help",
    "ask_mentorship",
    "close_request",
    "decline_request",
    "end_giving",
    "finish_step",
    "forget_old_requests",
    "give_help",
    "give_up_mentorship",
    "give_up_request",
    "hand_back",
    "hear_helper",
    "leave_word",
    "notice_silence",
    "pair_collective",
    "part_ways",
    "pass_on",
    "pause_giving",
    "resume_giving",
    "tend_request",
    "write_remark",
]
