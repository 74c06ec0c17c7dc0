"""Which acts change organisations, posts and people? One function each; see `acts` for whose they are."""

from qingshan.office.accounts.actions.bodies import Member, convene_temporary_body, dissolve_temporary_body
from qingshan.office.accounts.actions.experts import assign_expert, end_assignment
from qingshan.office.accounts.actions.logins import (
    change_own_password,
    enrol_one_time_code,
    give_login,
    lock_person,
    remove_one_time_code,
    reset_password,
    unlock_person,
    withdraw_one_time_code,
)
from qingshan.office.accounts.actions.organisations import (
    NewEnterprise,
    close_organisation,
    create_organisation,
    register_enterprises,
    rename_organisation,
)
from qingshan.office.accounts.actions.posts import (
    close_post,
    create_person,
    create_post,
    delegate,
    end_holding,
    hand_post,
)

__all__ = [
    "Member",
    "NewEnterprise",
    "assign_expert",
    "change_own_password",
    "close_organisation",
    "close_post",
    "convene_temporary_body",
    "create_organisation",
    "create_person",
    "create_post",
    "delegate",
    "dissolve_temporary_body",
    "end_assignment",
    "end_holding",
    "enrol_one_time_code",
    "give_login",
    "hand_post",
    "lock_person",
    "register_enterprises",
    "remove_one_time_code",
    "rename_organisation",
    "reset_password",
    "unlock_person",
    "withdraw_one_time_code",
]
